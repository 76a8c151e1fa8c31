import { createHmac } from 'node:crypto';
import type { IdTokenRules } from './expectation';
import { base64url, signingKeys, signJwt, strangerKeys } from './keys';
import type { Person } from './person';

/** What a forger would try. */
export const FORGERIES = ['bad-signature', 'alg-none', 'hs256-with-public-key', 'wrong-iss', 'wrong-aud', 'expired', 'wrong-nonce', 'other-sub'] as const;
export type Forgery = (typeof FORGERIES)[number];

const seconds = (): number => Math.floor(Date.now() / 1000);

/** An ID token; forged when a forgery is asked for. */
export function idToken(
  { alg, claims }: IdTokenRules,
  { person, iss, aud, nonce }: { person: Person; iss: string; aud: string; nonce?: string },
  forgery?: Forgery,
  strip: (claims: object) => object = (all) => all,
): string {
  const now = seconds();
  const payload = strip({ iss, aud, iat: now, exp: now + 600, ...(nonce !== undefined && { nonce }), ...claims(person) });
  const forged = (changes: object) => signJwt(alg, signingKeys[alg], { ...payload, ...changes });
  switch (forgery) {
    case 'bad-signature':
      return signJwt(alg, strangerKeys[alg], payload);
    case 'alg-none':
      return `${base64url({ alg: 'none', typ: 'JWT' })}.${base64url(payload)}.`;
    case 'hs256-with-public-key':
      return hs256(alg, payload);
    case 'wrong-iss':
      return forged({ iss: 'https://evil.example' });
    case 'wrong-aud':
      return forged({ aud: 'another-client' });
    case 'expired':
      return forged({ iat: now - 7200, exp: now - 3600 });
    case 'wrong-nonce':
      return forged({ nonce: 'of-another-sign-in' });
    case 'other-sub':
      return forged({ sub: '999999999' });
    case undefined:
      return signJwt(alg, signingKeys[alg], payload);
  }
}

/** Signed with what everybody knows: works on a client that lets the token choose the algorithm. */
function hs256(alg: IdTokenRules['alg'], payload: object): string {
  const { kid, publicKey } = signingKeys[alg];
  const input = `${base64url({ alg: 'HS256', kid, typ: 'JWT' })}.${base64url(payload)}`;
  const pem = publicKey.export({ type: 'spki', format: 'pem' });
  return `${input}.${createHmac('sha256', pem).update(input).digest('base64url')}`;
}
