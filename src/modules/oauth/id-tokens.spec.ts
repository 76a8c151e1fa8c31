import { sign } from 'node:crypto';
import { base64url, jwks, signingKeys, strangerKeys } from '../../../test/oauth/keys';
import { Clock } from '../../infra/clock';
import { IdTokens } from './id-tokens';
import type { Outbound } from './outbound';
import { ProviderFault } from './provider-fault';

const ISSUER = 'https://id.example';
const CLIENT = 'our-client';
const NONCE = 'of-this-sign-in';
const HOUR = 3_600;

let ahead = 0;
let keys: unknown[] = [];
let asked: string[] = [];
let idTokens: IdTokens;

beforeEach(() => {
  ahead = 0;
  asked = [];
  ({ keys } = jwks());
  const outbound = { ask: (_step: string, { url }: { url: string }) => (asked.push(url), Promise.resolve({ keys })) } as unknown as Outbound;
  const clock = Object.assign(new Clock(), { now: () => new Date(Date.now() + ahead * 1_000) });
  idTokens = new IdTokens(outbound, clock);
});

const seconds = () => Math.floor(Date.now() / 1_000) + ahead;
const claims = (more: object = {}) => ({ iss: ISSUER, aud: CLIENT, sub: '1', nonce: NONCE, iat: seconds(), exp: seconds() + 300, ...more });
const expected = { issuer: ISSUER, jwks: 'https://id.example/jwks', clientId: CLIENT, nonce: NONCE, hosts: new Set<string>() };
const verify = (token: string, more: object = {}) => idTokens.verify(token, { ...expected, ...more });

function token(payload: object, header: object = {}, { privateKey } = signingKeys.RS256): string {
  const input = `${base64url({ alg: 'RS256', kid: 'rsa-1', ...header })}.${base64url(payload)}`;
  return `${input}.${sign('sha256', Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

const refused = (work: Promise<unknown>) => expect(work).rejects.toBeInstanceOf(ProviderFault);

it('gives the claims of a genuine token', async () => {
  await expect(verify(token(claims()))).resolves.toMatchObject({ sub: '1' });
  await expect(verify(token(claims(), { alg: 'ES256', kid: 'p256-1' }, signingKeys.ES256))).resolves.toMatchObject({ sub: '1' });
});

it.each(['', '.', '..', 'a.b.c', 'a.b', 'null', `${'a.'.repeat(50)}`, `${base64url([])}.${base64url([])}.x`, `${base64url({ alg: 'RS256' })}.bnVsbA.x`])('refuses what is no token: %j', async (text) => {
  await refused(verify(text));
});

it('believes the keys for an hour, then asks again', async () => {
  await verify(token(claims()));
  ahead = HOUR - 10;
  await verify(token(claims()));
  expect(asked).toHaveLength(1);
  ahead = HOUR + 10;
  await verify(token(claims()));
  expect(asked).toEqual(Array(2).fill(expected.jwks));
});

it('finds a key that is new, and is not made to ask more than once a minute', async () => {
  const [old] = keys;
  keys = [keys[1]];
  await refused(verify(token(claims())));
  for (let nth = 0; nth < 20; nth += 1) await refused(verify(token(claims(), { kid: `made-up-${nth}` })));
  expect(asked).toHaveLength(1);
  keys = [old];
  ahead = 61;
  await verify(token(claims()));
  expect(asked).toHaveLength(2);
});

it('tries each key of a token that names none, and none that is for encryption', async () => {
  const [rsa, ec] = keys as Record<string, unknown>[];
  keys = [ec, { ...rsa, kid: 'another' }, rsa];
  await verify(token(claims(), { kid: undefined }));
  keys = [{ ...rsa, use: 'enc' }];
  ahead = HOUR + 1;
  await refused(verify(token(claims(), { kid: undefined })));
});

it.each([[[null, 'x', 1, [], {}]], [[{ kid: 'rsa-1' }]], [[{ kid: 'rsa-1', kty: 'oct', k: 'AAAA' }]], [[{ kid: 'rsa-1', kty: 'RSA', n: 'AQAB', e: 'AQAB' }]]])('is not upset by keys that are none: %j', async (odd) => {
  keys = odd;
  await refused(verify(token(claims())));
});

it('takes no key from the token itself', async () => {
  const [jwk] = keys;
  for (const header of [{ jwk: strangerKeys.RS256.publicKey.export({ format: 'jwk' }) }, { jku: 'https://evil.example/jwks' }, { x5u: 'https://evil.example/cert' }, { jwk }]) {
    await refused(verify(token(claims(), header, strangerKeys.RS256)));
  }
  expect(asked).toEqual([expected.jwks]);
});

it('refuses extensions that it does not know (RFC 7515 section 4.1.11)', async () => {
  await refused(verify(token(claims(), { crit: ['exp'], exp: 1 })));
});

it('is about this client: alone, or named as the one it was issued to', async () => {
  await verify(token(claims({ aud: [CLIENT] })));
  await verify(token(claims({ aud: [CLIENT, 'another'], azp: CLIENT })));
  for (const more of [{ aud: 'another' }, { aud: ['another'] }, { aud: [] }, { aud: `${CLIENT} ` }, { aud: [CLIENT, 'another'] }, { aud: [CLIENT, 'another'], azp: 'another' }, { aud: undefined }]) await refused(verify(token(claims(more))));
});

it('reads our clock, with a minute of patience', async () => {
  await verify(token(claims({ exp: seconds() - 50 })));
  await refused(verify(token(claims({ exp: seconds() - 70 }))));
  await verify(token(claims({ nbf: seconds() + 50 })));
  await refused(verify(token(claims({ nbf: seconds() + 70 }))));
  const lasting = token(claims());
  ahead = 400;
  await refused(verify(lasting));
  await verify(token(claims()));
});

it.each(['exp', 'iat', 'sub', 'iss', 'nonce'])('needs %s', async (claim) => {
  await refused(verify(token({ ...claims(), [claim]: undefined })));
});

it('asks for no nonce of a provider that gives none back, and takes one that it makes up', async () => {
  await verify(token(claims({ nonce: undefined })), { nonce: undefined });
  await verify(token(claims({ nonce: 'its own' })), { nonce: undefined });
});

it('puts the token’s tenant into an issuer that is every tenant’s, and nothing else', async () => {
  const issuer = 'https://login.example/{tenantid}/v2.0';
  await verify(token(claims({ iss: 'https://login.example/t1/v2.0', tid: 't1' })), { issuer });
  for (const more of [{ iss: 'https://login.example/t1/v2.0', tid: 't2' }, { iss: 'https://login.example/t1/v2.0' }, { iss: 'https://evil.example/t1/v2.0', tid: 't1' }]) await refused(verify(token(claims(more)), { issuer }));
});

it('tells why without the token', async () => {
  const forged = token(claims(), {}, strangerKeys.RS256);
  const fault = await verify(forged).then(
    () => undefined,
    (error: ProviderFault) => error,
  );
  expect([fault?.step, fault?.type, fault?.said.startsWith('the ID token is not valid')]).toEqual(['id-token', 'user_oauth2_provider_error', true]);
  for (const part of forged.split('.')) expect(fault?.said).not.toContain(part);
});
