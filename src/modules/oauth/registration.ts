import type { OAuthRegistration } from '../../contract/project';
import type { Provider, Setting } from './provider';
import { openIdConnect, PROVIDERS } from './providers';

/** Fields that every provider takes: where its endpoints are, for private installations, proxies and tests. */
export const OVERRIDES = ['authorizeUrl', 'tokenUrl', 'userUrl', 'jwksUrl', 'issuer'] as const;
const HOST = '[A-Za-z0-9.-]+(:\\d{1,5})?';
const URL_FORM = 'https?://[^\\s]+';

interface Faulty {
  /** Below the provider's name; empty for the provider as a whole. */
  field: string;
  what: string;
}

/** The card that an entry of the projects file stands for. @returns undefined when there is none */
export function cardOf(name: string, { type, title }: Pick<OAuthRegistration, 'type' | 'title'>): Provider | undefined {
  if (type === 'oidc') return openIdConnect(title || name);
  return Object.hasOwn(PROVIDERS, name) ? PROVIDERS[name] : undefined;
}

/**
 * Checks what the projects file says of one provider against its card.
 *
 * @param name the key under `oauth`
 * @returns the registration, or everything that is wrong with it
 */
export function readRegistration(name: string, entry: Readonly<Record<string, unknown>>): { registration?: OAuthRegistration; faults: Faulty[] } {
  const { type, name: title = '', enabled = true, ...fields } = entry;
  if (type !== undefined && type !== 'oidc') return { faults: [{ field: 'type', what: 'must be oidc, or be left out' }] };
  const registration = { ...(type && ({ type: 'oidc' } as const)), title: String(title), enabled: enabled === true };
  const card = cardOf(name, registration);
  if (!card) return { faults: [{ field: '', what: 'is no provider that is known; see docs/reference/providers.md, or add `type: oidc`' }] };

  const known = fieldsOf(card);
  const faults: Faulty[] = [];
  const values: Record<string, string> = {};
  if (typeof enabled !== 'boolean') faults.push({ field: 'enabled', what: 'must be true or false' });
  for (const field of Object.keys(fields)) if (!Object.hasOwn(known, field)) faults.push({ field, what: `is not a known field of ${card.name}; it takes ${Object.keys(known).join(', ')}` });
  for (const [field, setting] of Object.entries(known)) {
    const given = fields[field];
    if (given === undefined || given === '') {
      if (setting.fallback === undefined) faults.push({ field, what: `is missing: ${setting.description}` });
      else values[field] = setting.fallback;
    } else if (typeof given !== 'string' || !isValid(given, patternOf(field, setting))) {
      faults.push({ field, what: `is not valid: ${setting.description}` });
    } else values[field] = given;
  }
  if (faults.length === 0) faults.push(...unreachable(card, values));
  return faults.length ? { faults } : { registration: { ...registration, values }, faults };
}

/** Everything an operator may write below a provider, with what it is. */
export function fieldsOf({ settings, hasSecret }: Provider): Record<string, Setting> {
  const override = (description: string): Setting => ({ description, fallback: '', pattern: URL_FORM });
  return {
    clientId: { description: 'Client id of the app registered there.', pattern: '\\S.*' },
    ...(hasSecret !== false && { clientSecret: { description: 'Client secret of the app registered there.', pattern: '\\S.*', secret: true as const } }),
    ...settings,
    authorizeUrl: override('Where people are sent to sign in, in place of the provider’s own.'),
    tokenUrl: override('Where codes become tokens, in place of the provider’s own.'),
    userUrl: override('Where the person is told, in place of the provider’s own.'),
    jwksUrl: override('The keys of ID tokens, in place of the provider’s own.'),
    issuer: { description: 'Issuer of ID tokens, in place of the provider’s own.', fallback: '', pattern: '\\S+' },
  };
}

function patternOf(field: string, { pattern }: Setting): string {
  return pattern ?? (field.endsWith('Endpoint') ? URL_FORM : HOST);
}

/** Hosts and addresses must also make a URL: a port of 99999 looks right, and would fail at the first sign-in only. */
function isValid(given: string, pattern: string): boolean {
  if (!new RegExp(`^(${pattern})$`).test(given)) return false;
  if (pattern === HOST) return URL.canParse(`https://${given}/`);
  return pattern !== URL_FORM || URL.canParse(given);
}

/** The generic card has no endpoints of its own. */
function unreachable({ authorize }: Provider, values: Readonly<Record<string, string>>): Faulty[] {
  if (authorize.url !== '{authorizationEndpoint}' || values.wellKnownEndpoint) return [];
  const start = values.authorizationEndpoint || values.authorizeUrl;
  const end = values.tokenEndpoint || values.tokenUrl;
  return start && end ? [] : [{ field: 'wellKnownEndpoint', what: 'is missing: give it, or authorizationEndpoint and tokenEndpoint (and userinfoEndpoint)' }];
}
