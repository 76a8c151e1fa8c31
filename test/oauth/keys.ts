import { createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { IdTokenRules } from './expectation';

export type Alg = IdTokenRules['alg'];

interface Key {
  kid: string;
  privateKey: KeyObject;
  publicKey: KeyObject;
}

const rsa = (kid: string): Key => ({ kid, ...generateKeyPairSync('rsa', { modulusLength: 2048 }) });
const p256 = (kid: string): Key => ({ kid, ...generateKeyPairSync('ec', { namedCurve: 'P-256' }) });

/** The providers' keys, one of a kind, made anew with every run. */
export const signingKeys: Record<Alg, Key> = { RS256: rsa('rsa-1'), ES256: p256('p256-1') };

/** Somebody else's keys under the providers' key ids. */
export const strangerKeys: Record<Alg, Key> = { RS256: rsa('rsa-1'), ES256: p256('p256-1') };

/** The key that Apple gave the operator of our app. */
export const appleClientKey = p256('ABC123DEFG');

export const appleClientKeyPem = appleClientKey.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

/** A provider publishes both keys, so that a client has to choose by `kid`. */
export function jwks(): { keys: object[] } {
  return {
    keys: (Object.keys(signingKeys) as Alg[]).map((alg) => ({
      ...createPublicKey(signingKeys[alg].publicKey.export({ type: 'spki', format: 'pem' })).export({ format: 'jwk' }),
      kid: signingKeys[alg].kid,
      use: 'sig',
      alg,
    })),
  };
}

export const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export function signJwt(alg: Alg, { kid, privateKey }: Key, payload: object): string {
  const input = `${base64url({ alg, kid, typ: 'JWT' })}.${base64url(payload)}`;
  // JOSE wants R‖S; Node's default is DER.
  const signature = sign('sha256', Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return `${input}.${signature.toString('base64url')}`;
}
