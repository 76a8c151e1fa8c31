import { accountOperations as account } from '../../src/modules/account';
import { API_KEY, DEFAULT_PROJECTS } from '../support/app';
import type { SendHeaders } from '../support/person';
import { send } from '../support/raw';
import { everyWay } from '../support/ways';

const HOME = 'https://app.example.com';
const [main] = DEFAULT_PROJECTS.projects;
const projects = [
  { ...main, platforms: ['app.example.com', '*.preview.example.com'], schemes: ['myapp'] },
  { id: 'other', platforms: ['other.example.com'] },
  { id: 'open', platforms: ['*'] },
];
const FOREIGN = ['https://evil.com', 'null', 'https://app.example.com.evil.com', 'https://evil-app.example.com', 'https://preview.example.com', 'https://other.example.com', 'file://', 'otherapp://x', 'garbage', 'https://app.example.com@evil.com'];
const EXPOSED = ['X-Fallback-Cookies', 'X-Request-Id', 'Retry-After', 'X-RateLimit-Limit', 'X-RateLimit-Remaining', 'X-RateLimit-Reset'];
const NEEDED = [
  ...['Content-Type', 'Authorization', 'Range', 'Content-Range', 'Cache-Control', 'X-Fallback-Cookies', 'X-Forwarded-User-Agent'],
  ...['Name', 'Version', 'Language', 'Platform', 'GraphQL', 'Profile'].map((each) => `X-SDK-${each}`),
  ...['Project', 'Key', 'JWT', 'Session', 'Locale', 'Mode', 'Response-Format', 'Timestamp', 'ID', 'Dev-Key', 'Platform', 'Impersonate-User-Id', 'Impersonate-Email', 'Impersonate-Phone'].map((each) => `X-Appwrite-${each}`),
];

everyWay(
  'pages of other origins',
  (way) => {
    const create = (headers: SendHeaders) => {
      const ada = way.stranger();
      return ada.call(account.create, { userId: 'unique()', email: ada.email, password: ada.password }, headers);
    };

    it.each([HOME, 'http://app.example.com:8080', 'https://a.b.preview.example.com', 'myapp://open', 'http://localhost:5173'])('%s, being the project’s own, may call and read', async (origin) => {
      const { status, headers } = await create({ Origin: origin });
      expect(status).toBe(201);
      expect(headers.get('access-control-allow-origin')).toBe(origin);
      expect(headers.get('access-control-allow-credentials')).toBe('true');
      expect(headers.get('access-control-expose-headers')?.split(', ').sort()).toEqual([...EXPOSED].sort());
    });

    it.each(FOREIGN)('%s may change nothing and read nothing', async (origin) => {
      const ada = way.stranger();
      const refused = await ada.call(account.create, { userId: 'unique()', email: ada.email, password: ada.password }, { Origin: origin });
      expect(refused).toMatchObject({ status: 403, type: 'general_unknown_origin' });
      const member = await way.member();
      const read = await member.call(account.get, {}, { Origin: origin });
      for (const { headers } of [refused, read]) {
        expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
        expect(headers.get('vary')).toMatch(/\bOrigin\b/);
      }
      await ada.signUp();
    });

    it('a signed-in user’s browser is no exception', async () => {
      const ada = await way.member();
      expect(await ada.call(account.updateName, { name: 'Eve' }, { Origin: 'https://evil.com' })).toMatchObject({ status: 403, type: 'general_unknown_origin' });
      expect((await ada.must(account.get)).body.name).toBe('Ada');
    });

    it('a page that hides its origin is known by its referrer', async () => {
      expect(await create({ Referer: 'https://evil.com/page?a=1' })).toMatchObject({ status: 403, type: 'general_unknown_origin' });
      expect((await create({ Referer: `${HOME}/page?a=1` })).status).toBe(201);
    });

    it('those who are no page send no origin and are served', async () => {
      expect((await create({})).status).toBe(201);
      expect((await create({ Origin: 'https://evil.com', 'X-Appwrite-Key': API_KEY })).status).toBe(201);
    });

    it('any page is at home in a project open to all, but a nameless one', async () => {
      expect((await create({ 'X-Appwrite-Project': 'open', Origin: 'https://evil.com' })).status).toBe(201);
      expect((await create({ 'X-Appwrite-Project': 'open', Origin: 'null' })).status).toBe(403);
    });
  },
  { projects: { projects } },
);

everyWay(
  'preflights',
  (way) => {
    const preflight = (origin: string, path = '/v1/account', headers: SendHeaders = {}) =>
      send(way.app, path, { method: 'OPTIONS', headers: { 'X-Appwrite-Project': '', Origin: origin, 'Access-Control-Request-Method': 'PATCH', 'Access-Control-Request-Headers': 'content-type,x-appwrite-project', ...headers } });

    it.each(['/v1/account', '/v1/account/sessions/email', '/v1/graphql', '/v1/account/sessions/some-id?project=default'])('of a page at home allow all that SDKs send to %s', async (path) => {
      const { status, text, headers } = await preflight(HOME, path);
      expect([status, text]).toEqual([204, '']);
      expect(headers.get('access-control-allow-origin')).toBe(HOME);
      expect(headers.get('access-control-allow-credentials')).toBe('true');
      expect(headers.get('access-control-allow-methods')?.split(', ').sort()).toEqual(['DELETE', 'GET', 'PATCH', 'POST', 'PUT']);
      expect(headers.get('access-control-allow-headers')?.split(', ').sort()).toEqual([...NEEDED].sort());
    });

    it('allow what is at home in no project nothing', async () => {
      const open = new Set(FOREIGN.filter((origin) => /^https:\/\/[^@]+$/.test(origin)));
      for (const origin of FOREIGN.filter((each) => !open.has(each))) {
        const { status, headers } = await preflight(origin);
        expect([origin, status, headers.get('access-control-allow-origin'), headers.get('access-control-allow-headers')]).toEqual([origin, 204, null, null]);
      }
    });

    it('go by the project where the query names one', async () => {
      expect((await preflight('https://other.example.com', '/v1/account?project=default')).headers.get('access-control-allow-origin')).toBeNull();
      expect((await preflight('https://other.example.com', '/v1/account?project=other')).headers.get('access-control-allow-origin')).toBe('https://other.example.com');
    });
  },
  { transports: ['rest'], projects: { projects } },
);

everyWay(
  'answers',
  (way) => {
    it('are kept by no cache, whether they tell or refuse', async () => {
      const ada = await way.member();
      for (const { headers } of [await ada.call(account.get), await way.stranger().call(account.get), await ada.call(account.createJWT)]) {
        expect(headers.get('cache-control')).toBe('private, no-store');
        expect(headers.get('vary')).toMatch(/\bCookie\b/);
        expect(headers.get('x-content-type-options')).toBe('nosniff');
        expect(headers.get('x-request-id')).toMatch(/^[\w-]{8,36}$/);
      }
    });
  },
);
