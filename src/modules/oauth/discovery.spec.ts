import { Clock } from '../../infra/clock';
import { Discovery } from './discovery';
import type { Outbound } from './outbound';
import { ProviderFault } from './provider-fault';

const BASE = 'https://id.example/realm';
const URL_OF = `${BASE}/.well-known/openid-configuration`;
const sound = { issuer: BASE, authorization_endpoint: `${BASE}/a`, token_endpoint: `${BASE}/t` };

let ahead = 0;
let asked = 0;
let answer: { status: number; body: string };
let discovery: Discovery;

beforeEach(() => {
  [ahead, asked] = [0, 0];
  answer = { status: 200, body: JSON.stringify(sound) };
  const outbound = { send: () => ((asked += 1), Promise.resolve({ ...answer, contentType: 'text/html' })) } as unknown as Outbound;
  discovery = new Discovery(outbound, Object.assign(new Clock(), { now: () => new Date(Date.now() + ahead * 1_000) }));
});

const at = (url = URL_OF) => discovery.at(url, new Set());
const says = (document: unknown) => (answer = { status: 200, body: typeof document === 'string' ? document : JSON.stringify(document) });

it('believes a document for an hour', async () => {
  await expect(at()).resolves.toMatchObject(sound);
  ahead = 3_590;
  says({ ...sound, token_endpoint: `${BASE}/new` });
  await expect(at()).resolves.toMatchObject(sound);
  ahead = 3_610;
  await expect(at()).resolves.toMatchObject({ token_endpoint: `${BASE}/new` });
  expect(asked).toBe(2);
});

it('remembers no failure', async () => {
  answer = { status: 503, body: '{}' };
  await expect(at()).rejects.toBeInstanceOf(ProviderFault);
  says(sound);
  await expect(at()).resolves.toMatchObject(sound);
});

it('keeps the documents of two providers apart', async () => {
  await at();
  const other = 'https://other.example';
  says({ ...sound, issuer: other });
  await expect(at(`${other}/.well-known/openid-configuration`)).resolves.toMatchObject({ issuer: other });
  await expect(at()).resolves.toMatchObject({ issuer: BASE });
});

it.each(['https://evil.example', `${BASE}/other`, 'https://id.example', 'http://id.example/realm', '', undefined, null, 7, ['x']])('takes no document of another issuer: %j', async (issuer) => {
  says({ ...sound, issuer });
  await expect(at()).rejects.toBeInstanceOf(ProviderFault);
});

it('takes an issuer with a slash at its end, and one whose document stands elsewhere', async () => {
  says({ ...sound, issuer: `${BASE}/` });
  await expect(at()).resolves.toMatchObject({ issuer: `${BASE}/` });
  says({ ...sound, issuer: 'https://self.example' });
  await expect(at('https://id.example/metadata')).resolves.toMatchObject({ issuer: 'https://self.example' });
});

it.each(['', 'null', '[]', '"x"', '7', '{', '<html>'])('takes nothing that is no document: %j', async (body) => {
  for (const url of [URL_OF, 'https://id.example/metadata']) {
    says(body);
    await expect(at(url)).rejects.toBeInstanceOf(ProviderFault);
  }
});

it.each(['authorization_endpoint', 'token_endpoint', 'userinfo_endpoint', 'jwks_uri'])('takes no %s that is no web address', async (endpoint) => {
  for (const url of ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', '//evil.example', '/relative', 'http://', ' https://id.example', '', 7, null, {}]) {
    says({ ...sound, [endpoint]: url });
    await expect(at()).rejects.toBeInstanceOf(ProviderFault);
  }
});
