/** What each provider calls the two halves of its credential, and which parameters its URL takes. */
export const SMS_PROVIDERS = {
  twilio: { user: 'AccountSid', secret: 'AuthToken', required: ['from'], optional: [] },
  vonage: { user: 'key', secret: 'secret', required: ['from'], optional: [] },
  telesign: { user: 'customerId', secret: 'apiKey', required: [], optional: ['from'] },
  textmagic: { user: 'username', secret: 'apiKey', required: [], optional: ['from'] },
  // India's providers know the sender by the user's place; `from` may stand there as with the others, and says nothing.
  msg91: { user: 'senderId', secret: 'authKey', required: ['templateId'], optional: ['from'] },
  fast2sms: { user: 'senderId', secret: 'apiKey', required: [], optional: ['from', 'messageId', 'useDLT'] },
} as const satisfies Record<string, Provider>;

interface Provider {
  user: string;
  secret: string;
  required: readonly string[];
  optional: readonly string[];
}

export type SmsProvider = keyof typeof SMS_PROVIDERS;

export const SMS_SCHEMES = ['sms', 'http', 'https'] as const;

/** A provider's URL, read. */
export interface SmsAccount {
  /** `http`: a plain gateway, whose address is the endpoint. */
  provider: SmsProvider | 'http';
  user: string;
  secret: string;
  from?: string;
  /** In place of the provider's own origin; without a slash at its end. */
  endpoint?: string;
  parameters: Readonly<Record<string, string>>;
}

/** @throws Error with what is wrong and what would be right. Nothing of the URL is in it: a secret may stand in any part of a wrong one. */
export function readSmsUrl(text: string): SmsAccount {
  const scheme = SMS_SCHEMES.find((each) => text.toLowerCase().startsWith(`${each}://`));
  if (!scheme) throw new Error(`must be a URL that starts with ${SMS_SCHEMES.map((each) => `${each}://`).join(' or ')}`);
  if (!URL.canParse(text)) throw new Error('is malformed; write what is not a letter or a digit of the user and the secret as %XX');
  const url = new URL(text);
  const credential = { user: decoded(url.username), secret: decoded(url.password) };
  return scheme === 'sms' ? atProvider(url, credential) : atGateway(url, credential);
}

function atProvider(url: URL, { user, secret }: Pick<SmsAccount, 'user' | 'secret'>): SmsAccount {
  const provider = url.hostname.toLowerCase();
  if (!isProvider(provider)) throw new Error(`names no provider of SMS; after the @ stands one of ${Object.keys(SMS_PROVIDERS).join(', ')}`);
  const card: Provider = SMS_PROVIDERS[provider];
  const form = `sms://${card.user}:${card.secret}@${provider}${card.required.map((name, index) => `${index ? '&' : '?'}${name}=…`).join('')}`;
  if (url.port || !['', '/'].includes(url.pathname) || url.hash) throw new Error(`has a port, a path or a fragment; expected ${form}, and another address of the provider in endpoint=`);
  if (!user) throw new Error(`lacks the ${card.user}; expected ${form}`);
  if (!secret) throw new Error(`lacks the ${card.secret}; expected ${form}`);

  const query = queryOf(url);
  const known = [...card.required, ...card.optional, 'endpoint'];
  if ([...query.keys()].some((name) => !known.includes(name))) throw new Error(`has an unknown parameter; ${provider} takes ${known.join(', ')}`);
  if (new Set(query.keys()).size < query.size) throw new Error('has a parameter twice');
  const { from, endpoint, ...parameters } = Object.fromEntries(query) as Record<string, string | undefined>;
  for (const name of card.required) if (!query.get(name)) throw new Error(`lacks the parameter ${name}; expected ${form}`);
  if (!['true', 'false', undefined].includes(parameters.useDLT)) throw new Error('has a useDLT that is neither true nor false');
  if (parameters.useDLT === 'true' && !parameters.messageId) throw new Error('lacks the parameter messageId, which useDLT=true needs');
  return { provider, user, secret, from, endpoint: endpoint === undefined ? undefined : origin(endpoint), parameters: parameters as Record<string, string> };
}

/** All of the query but `from` is the gateway's own. */
function atGateway(url: URL, credential: Pick<SmsAccount, 'user' | 'secret'>): SmsAccount {
  const from = queryOf(url).get('from') ?? undefined;
  url.searchParams.delete('from');
  const query = url.searchParams.size ? `?${url.searchParams.toString()}` : '';
  return { provider: 'http', ...credential, from, endpoint: `${url.protocol}//${url.host}${url.pathname}${query}`, parameters: {} };
}

/** A plus is a plus: numbers are written with one, and forms would make it a space. */
function queryOf(url: URL): URLSearchParams {
  return new URLSearchParams(url.search.replaceAll('+', '%2B'));
}

function origin(endpoint: string): string {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.username || url.password || url.search || url.hash) throw new Error('has an endpoint that is not http://host or https://host, without credentials and query');
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Error('has a "%" in the user or the secret that is not written as %25');
  }
}

function isProvider(name: string): name is SmsProvider {
  return Object.hasOwn(SMS_PROVIDERS, name);
}
