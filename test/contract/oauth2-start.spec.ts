import { Browser } from '../oauth/browser';
import { FakeProvider } from '../oauth/fake-provider';
import { everyInstallation, KEY, project, SUCCESS } from '../oauth/installation';
import { newPerson } from '../oauth/person';
import { PROJECT, startApp } from '../support/app';

const FOREIGN = [
  'https://evil.example/',
  '//evil.example/',
  'https:/\\evil.example/',
  'https:\\\\evil.example/',
  'http://localhost@evil.example/',
  'http://user:secret@localhost/',
  'http://localhost.evil.example/',
  'http://evil.example/#localhost',
  'http://evil.example\\@localhost/',
  'http:///evil.example/',
  'javascript:alert(1)',
  'javascript://localhost/%0aalert(1)',
  'data:text/html,<script>alert(1)</script>',
  'file:///etc/passwd',
  'http://localhost\t.evil.example/',
  'http://loc\u0430lhost/',
  'http://localhost\r\nSet-Cookie:a=b/',
  'appwrite-callback-another://done',
  '/in',
  'in',
];

everyInstallation(
  'the start',
  (fake) => [project(fake, ['discord', 'github'], { oauth: { discord: fake.registration('discord'), github: { ...fake.registration('github'), enabled: false } } })],
  (the) => {
    const FLOWS = ['sessions', 'tokens'] as const;
    const start = (provider: string, query: Record<string, string> = {}, flow: (typeof FLOWS)[number] = 'sessions', headers: Record<string, string> = {}) => {
      const url = new URL(`${the.app.url}/v1/account/${flow}/oauth2/${encodeURIComponent(provider)}`);
      for (const [key, value] of Object.entries({ project: PROJECT, ...query })) url.searchParams.append(key, value);
      return the.browser().get(url.href, headers);
    };
    const type = ({ text }: { text: string }) => (JSON.parse(text) as { type: string }).type;
    const attempts = async () => (await the.rows('oauth_attempts', '1 = 1')).length;

    describe.each(FLOWS)('of a flow for %s', (flow) => {
      it.each(['nobody', 'Discord', 'constructor', '__proto__', 'discord/../github', 'x'.repeat(64)])('knows no provider %s', async (provider) => {
        const answer = await start(provider, {}, flow);
        expect([answer.status, type(answer)]).toEqual([400, 'project_provider_unsupported']);
      });

      it.each(['github', 'google'])('has %s switched off', async (provider) => {
        const answer = await start(provider, {}, flow);
        expect([answer.status, type(answer)]).toEqual([412, 'project_provider_disabled']);
      });

      it('refuses every end that is not the app’s, and begins nothing', async () => {
        const before = await attempts();
        for (const end of ['success', 'failure']) {
          for (const url of FOREIGN) {
            const answer = await start('discord', { [end]: url }, flow);
            expect([end, url, answer.status, type(answer)]).toEqual([end, url, 400, 'general_argument_invalid']);
            expect(answer.headers.getSetCookie()).toEqual([]);
          }
        }
        expect(await attempts()).toBe(before);
      });

      it.each(['http://localhost:4711/deep?a=1#b', `appwrite-callback-${PROJECT}://done`, `appwrite-callback-${PROJECT}:///auth/oauth2/success`])('takes the end %s', async (end) => {
        expect((await start('discord', { success: end, failure: end }, flow)).status).toBe(301);
      });

      it('asks for the scopes of the card and of the app, each once, and for no more than are allowed', async () => {
        const scopes = (answer: Awaited<ReturnType<typeof start>>) => new URL(answer.headers.get('location')!).searchParams.get('scope')!.split(' ');
        expect(scopes(await start('discord', { 'scopes[0]': 'guilds', 'scopes[1]': 'email' }, flow))).toEqual(['identify', 'email', 'guilds']);
        const many = (number: number) => Object.fromEntries(Array.from({ length: number }, (_, nth) => [`scopes[${nth}]`, `s${nth}`]));
        expect(scopes(await start('discord', many(100), flow))).toHaveLength(102);
        expect(scopes(await start('discord', { 'scopes[0]': 'a'.repeat(4_096) }, flow))).toContain('a'.repeat(4_096));
        for (const query of [many(101), { 'scopes[0]': 'a'.repeat(4_097) }]) {
          const answer = await start('discord', query, flow);
          expect([answer.status, type(answer)]).toEqual([400, 'general_argument_invalid']);
        }
      });

      it('goes to the provider by a redirect that nobody keeps, with a cookie for this attempt alone', async () => {
        const { status, headers } = await start('discord', {}, flow);
        expect(status).toBe(301);
        expect(headers.get('cache-control')).toContain('no-store');
        expect(headers.get('referrer-policy')).toBe('no-referrer');
        const location = new URL(headers.get('location')!);
        expect(`${location.origin}${location.pathname}`).toBe(the.fake.registration('discord').authorizeUrl);
        expect(Object.fromEntries(location.searchParams)).toEqual({
          client_id: the.fake.registration('discord').clientId,
          redirect_uri: `${the.app.url}/v1/account/sessions/oauth2/callback/discord/${PROJECT}`,
          response_type: 'code',
          scope: 'identify email',
          state: expect.stringMatching(/^[0-9a-f]{20}\.[0-9a-f]{64}$/) as string,
          code_challenge: expect.stringMatching(/^[\w-]{43}$/) as string,
          code_challenge_method: 'S256',
        });
        const [cookie, ...others] = headers.getSetCookie();
        expect(others).toEqual([]);
        const [id] = location.searchParams.get('state')!.split('.');
        expect(cookie).toMatch(new RegExp(`^a_oauth2_${id}=[\\w-]{32,}; Max-Age=600; Path=/v1/account/sessions/oauth2; HttpOnly; SameSite=Lax$`));
        // Neither the challenge's preimage nor the cookie stands in the table.
        expect(JSON.stringify(await the.rows('oauth_attempts', 'id = ?', id))).not.toContain(/=([^;]+)/.exec(cookie)![1]);
      });

      it('takes the redirect URI from PUBLIC_URL and from no header', async () => {
        const { headers } = await start('discord', {}, flow, { 'X-Forwarded-Host': 'evil.example', 'X-Forwarded-Proto': 'https', Forwarded: 'host=evil.example', Origin: 'http://localhost' });
        expect(headers.get('location')).not.toContain('evil');
      });

      it('is counted: 50 an hour from one address', async () => {
        const headers = { 'X-Forwarded-For': `203.0.113.${FLOWS.indexOf(flow) + 1}` };
        const answers = await Promise.all(Array.from({ length: 51 }, () => start('discord', {}, flow, headers)));
        expect(answers.filter(({ status }) => status === 301)).toHaveLength(50);
        const refused = answers.find(({ status }) => status === 429)!;
        expect([type(refused), refused.headers.get('retry-after')]).toEqual(['general_rate_limit_exceeded', expect.stringMatching(/^\d+$/)]);
        expect(refused.headers.getSetCookie()).toEqual([]);
      });
    });

    it('no two attempts share a state, a challenge or a cookie', async () => {
      const seen = await Promise.all(Array.from({ length: 10 }, () => start('discord')));
      const of = (name: string) => new Set(seen.map(({ headers }) => new URL(headers.get('location')!).searchParams.get(name))).size;
      expect([of('state'), of('code_challenge'), new Set(seen.map(({ headers }) => headers.getSetCookie()[0])).size]).toEqual([10, 10, 10]);
    });

    it('a server with an API key begins the token flow, without a cookie; no session', async () => {
      const token = await start('discord', { success: SUCCESS }, 'tokens', { 'X-Appwrite-Key': KEY });
      expect([token.status, token.headers.getSetCookie()]).toEqual([301, []]);
      const cookie = await start('discord', { success: SUCCESS }, 'sessions', { 'X-Appwrite-Key': KEY });
      expect([cookie.status, type(cookie)]).toEqual([401, 'general_unauthorized_scope']);
    });

    it('without ends of the app’s own it ends at our pages', async () => {
      the.fake.signsIn('discord', newPerson());
      const arrived = await the.browser().signIn('discord');
      expect(arrived.url.href).toBe(`${the.app.url}/auth/oauth2/success`);
      the.fake.denies('discord');
      const refused = await the.browser().signIn('discord');
      expect([`${refused.url.origin}${refused.url.pathname}`, refused.error?.type]).toEqual([`${the.app.url}/auth/oauth2/failure`, 'user_oauth2_provider_error']);
      for (const { url } of [arrived, refused]) expect((await fetch(url)).status).toBe(200);
    });

    it('is no GraphQL field', () => {
      const fields = [the.app.schema.getQueryType()!, the.app.schema.getMutationType()!].flatMap((each) => Object.keys(each.getFields()));
      expect(fields.filter((name) => /oauth/i.test(name))).toEqual([]);
    });
  },
);

it('over https its cookie is for https alone', async () => {
  const fake = await FakeProvider.start();
  const app = await startApp('sqlite', { projects: [project(fake, ['discord'])] }, { PUBLIC_URL: 'https://auth.example.test' });
  try {
    const { headers } = await new Browser(app.url, fake).get(`${app.url}/v1/account/sessions/oauth2/discord?project=${PROJECT}`);
    expect(headers.getSetCookie()[0]).toMatch(/; HttpOnly; Secure; SameSite=Lax$/);
    expect(new URL(headers.get('location')!).searchParams.get('redirect_uri')).toBe(`https://auth.example.test/v1/account/sessions/oauth2/callback/discord/${PROJECT}`);
  } finally {
    await app.stop();
    await fake.stop();
  }
});
