import { randomBytes } from 'node:crypto';
import { DEFAULT_PROJECTS, startApp, type TestApp } from '../support/app';
import { Browser } from './browser';
import { type Client, Program, SDKS } from './sdks';

const SAME_SITE = 'http://localhost:8080';
const OTHER_SITE = 'https://app.example.org';
const PROJECTS = {
  projects: DEFAULT_PROJECTS.projects.map((project) => ({ ...project, platforms: ['localhost', 'app.example.org'], limits: { create: 10_000 } })),
};
const WEB = SDKS.filter(({ platform }) => platform === 'web');

describe('how a page keeps its session', () => {
  let app: TestApp;
  let browser: Browser;
  beforeAll(async () => {
    app = await startApp('sqlite', PROJECTS);
  });
  afterAll(() => app?.stop());
  afterEach(() => browser?.close());

  describe.each(WEB)('$name, $form', (sdk) => {
    let program: Program;
    beforeEach(() => {
      program = new Program(sdk, app);
    });

    async function signedUp(client: Client): Promise<string> {
      const email = `ada.${randomBytes(5).toString('hex')}@example.com`;
      const { $id } = await program.account(client, 'create', { userId: 'unique()', email, password: 'a long password' });
      await program.account(client, 'createEmailPasswordSession', { email, password: 'a long password' });
      return $id as string;
    }

    it('in a cookie that scripts cannot read, on the same site', async () => {
      browser = new Browser({ origin: SAME_SITE }).open();
      const userId = await signedUp(program.client());
      const cookies = await browser.jar.getCookies(app.url);
      expect(cookies.map(({ key, httpOnly }) => ({ key, httpOnly }))).toEqual(
        expect.arrayContaining(['a_session_default', 'a_session_default_legacy'].map((key) => ({ key, httpOnly: true }))),
      );
      expect(browser.storage.size).toBe(0);
      // Another client of the same browser is the same person.
      expect(await program.account(program.client(), 'get')).toMatchObject({ $id: userId });
    });

    it('without cookies after signing out', async () => {
      browser = new Browser({ origin: SAME_SITE }).open();
      const client = program.client();
      await signedUp(client);
      await program.account(client, 'deleteSession', { sessionId: 'current' });
      expect(await browser.jar.getCookies(app.url)).toEqual([]);
    });

    it('in localStorage on another site, where the browser withholds cookies', async () => {
      browser = new Browser({ origin: OTHER_SITE, cookies: false }).open();
      const client = program.client();
      const userId = await signedUp(client);
      expect(JSON.parse(browser.storage.get('cookieFallback')!)).toEqual({ a_session_default: expect.any(String) });
      expect(await program.account(program.client(), 'get')).toMatchObject({ $id: userId });

      await program.account(client, 'deleteSession', { sessionId: 'current' });
      await expect(program.account(client, 'get')).rejects.toMatchObject({ code: 401, type: 'general_unauthorized_scope' });
      // What is left behind must not stand in the way of the next sign-in.
      expect(browser.storage.get('cookieFallback')).toBe('[]');
      await signedUp(client);
    });

    it('nowhere from a site that the project does not know', async () => {
      browser = new Browser({ origin: 'https://evil.example' }).open();
      await expect(signedUp(program.client())).rejects.toThrow('CORS');
    });

    if (sdk.modern) {
      it('in localStorage with a dev key, when the SDK sends no credentials', async () => {
        browser = new Browser({ origin: SAME_SITE }).open();
        const client = program.client().setDevKey('any');
        const userId = await signedUp(client);
        expect(await browser.jar.getCookies(app.url)).toEqual([]);
        expect(await program.account(client, 'get')).toMatchObject({ $id: userId });
      });
    }
  });
});
