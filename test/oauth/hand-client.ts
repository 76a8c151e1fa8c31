import { createHash, randomBytes } from 'node:crypto';
import { sign } from 'jsonwebtoken';
import type { Registration } from './expectation';
import type { ProviderKey } from './expectations';
import type { FakeProvider } from './fake-provider';

/** A right way to sign in at a provider, written by hand: neither the table's code nor the product's. */
interface Way {
  authorize: Record<string, string>;
  auth: 'params' | 'basic' | 'none' | 'apple';
  pkce?: true;
  json?: true;
  headers?: (registration: Registration) => Record<string, string>;
  /** Calls under the user address; `:id` is what stands before the dot of the access token. */
  calls?: readonly string[];
}

const code = { response_type: 'code' };
const agent = () => ({ 'user-agent': 'latchkey-test' });

const ways = {
  discord: { authorize: { ...code, scope: 'identify email' }, auth: 'params', pkce: true, headers: agent, calls: [''] },
  github: { authorize: { scope: 'user:email' }, auth: 'params', pkce: true, headers: agent, calls: ['', '/emails'] },
  apple: { authorize: { ...code, response_mode: 'form_post', scope: 'name email', nonce: 'n-1' }, auth: 'apple' },
  etsy: {
    authorize: { ...code, scope: 'email_r' },
    auth: 'none',
    pkce: true,
    headers: ({ clientId, clientSecret }) => ({ 'x-api-key': `${clientId}:${clientSecret}` }),
    calls: ['/:id'],
  },
  google: { authorize: { ...code, scope: 'openid email profile', nonce: 'n-1' }, auth: 'params', pkce: true, calls: [''] },
  notion: { authorize: { ...code, owner: 'user' }, auth: 'basic', json: true, headers: () => ({ 'notion-version': '2022-06-28' }), calls: [''] },
  twitch: { authorize: { ...code, scope: 'user:read:email' }, auth: 'params', headers: ({ clientId }) => ({ 'client-id': clientId }), calls: [''] },
  oidc: { authorize: { ...code, scope: 'openid profile email offline_access', nonce: 'n-1' }, auth: 'basic', pkce: true, calls: [''] },
} satisfies Partial<Record<ProviderKey, Way>>;

export type Walked = keyof typeof ways;

export const walked = Object.keys(ways) as Walked[];

export const takesPkce = (key: Walked): boolean => 'pkce' in ways[key];
export const callsWithHeaders = (key: Walked): boolean => 'headers' in ways[key];
export const callsUser = (key: Walked): boolean => 'calls' in ways[key];

export const REDIRECT_URI = 'http://127.0.0.1:9/callback';

/** What to do wrong. */
export interface Slip {
  authorize?: (query: URLSearchParams) => void;
  token?: (params: URLSearchParams, headers: Headers) => void;
  user?: (headers: Headers) => void;
  twice?: true;
}

interface Walk {
  status: number;
  tokens: Record<string, any>;
  answers: { status: number; body: any }[];
}

/** Signs in from the first redirect to the last user call. */
export async function walk(fake: FakeProvider, key: Walked, slip: Slip = {}): Promise<Walk> {
  const way: Way = ways[key];
  const registration = fake.registration(key);
  const { authorizeUrl, tokenUrl, userUrl } = await addresses(registration);
  const verifier = randomBytes(32).toString('base64url');
  const query = new URLSearchParams({ client_id: registration.clientId, redirect_uri: REDIRECT_URI, state: 's-1', ...way.authorize });
  if (way.pkce) {
    query.set('code_challenge', createHash('sha256').update(verifier).digest('base64url'));
    query.set('code_challenge_method', 'S256');
  }
  slip.authorize?.(query);
  const callback = await fake.consent(`${authorizeUrl}?${query}`);

  const params = new URLSearchParams({ grant_type: 'authorization_code', code: callback.fields.code, redirect_uri: REDIRECT_URI });
  if (way.pkce) params.set('code_verifier', verifier);
  const headers = new Headers({ accept: 'application/json' });
  prove(way.auth, registration, params, headers);
  slip.token?.(params, headers);
  const ask = () => post(tokenUrl, way, params, headers);
  if (slip.twice) await ask();
  const { status, body: tokens } = await ask();

  const answers: Walk['answers'] = [];
  for (const call of way.calls ?? []) {
    const shown = new Headers({ authorization: `Bearer ${tokens.access_token}`, ...way.headers?.(registration) });
    slip.user?.(shown);
    const answer = await fetch(userUrl + call.replace(':id', String(tokens.access_token).split('.')[0]), { headers: shown });
    answers.push({ status: answer.status, body: await answer.json() });
  }
  return { status, tokens, answers };
}

/** Asks for new tokens. */
export async function refresh(fake: FakeProvider, key: Walked, refreshToken: string): Promise<{ status: number; body: any }> {
  const way: Way = ways[key];
  const registration = fake.registration(key);
  const params = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken });
  const headers = new Headers({ accept: 'application/json' });
  prove(way.auth, registration, params, headers);
  return post((await addresses(registration)).tokenUrl, way, params, headers);
}

async function addresses(registration: Registration): Promise<Record<string, string>> {
  if (!registration.wellKnownEndpoint) return registration;
  const found = (await (await fetch(registration.wellKnownEndpoint)).json()) as Record<string, string>;
  return { authorizeUrl: found.authorization_endpoint, tokenUrl: found.token_endpoint, userUrl: found.userinfo_endpoint, jwksUrl: found.jwks_uri };
}

function prove(auth: Way['auth'], { clientId, clientSecret, teamId, keyId, privateKey }: Registration, params: URLSearchParams, headers: Headers): void {
  if (auth === 'basic') return headers.set('authorization', `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`);
  params.set('client_id', clientId);
  if (auth === 'params') params.set('client_secret', clientSecret);
  if (auth === 'apple') {
    const audience = 'https://appleid.apple.com';
    params.set('client_secret', sign({}, privateKey, { algorithm: 'ES256', keyid: keyId, issuer: teamId, subject: clientId, audience, expiresIn: 300 }));
  }
}

async function post(url: string, way: Way, params: URLSearchParams, headers: Headers): Promise<{ status: number; body: any }> {
  if (way.json) headers.set('content-type', 'application/json');
  const body = way.json ? JSON.stringify(Object.fromEntries(params)) : params;
  const answer = await fetch(url, { method: 'POST', headers, body });
  return { status: answer.status, body: await answer.json() };
}
