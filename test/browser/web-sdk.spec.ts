import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { dirname, join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { API_KEY, freePort, PROJECT, startApp, type TestApp } from '../support/app';
import { Site, TestBrowser } from '../support/browser';

/** The browser builds that apps load: of today, and of the 1.4 era. */
const SDKS = ['appwrite-27', 'appwrite-15'] as const;
type Sdk = (typeof SDKS)[number];

const projects = {
  projects: [{ id: PROJECT, name: 'Shop', platforms: ['localhost', 'app.test'], keys: [{ name: 'server', secret: API_KEY, scopes: ['users.read'] }] }],
};
const PASSWORD = 'a long password';

let browser: TestBrowser;
let site: Site;
/** At http, where cookies are Lax: a page of another site gets none. */
let plain: TestApp;
/** Behind https, as in production: cookies are for other sites, too. Chromium takes Secure cookies from localhost as they are. */
let secure: TestApp;

beforeAll(async () => {
  const files = Object.fromEntries(
    SDKS.flatMap((sdk) => [
      [`/${sdk}.js`, { type: 'text/javascript', body: readFileSync(join(dirname(require.resolve(sdk)), '../iife/sdk.js'), 'utf8') }],
      [`/${sdk}`, { type: 'text/html', body: `<!doctype html><title>App</title><link rel="icon" href="data:,"><script src="/${sdk}.js"></script>` }],
    ]),
  );
  const publicUrl = `https://localhost:${await freePort()}`;
  [browser, site, plain, secure] = await Promise.all([TestBrowser.open(), Site.open(files), startApp('sqlite', projects), startApp('sqlite', projects, { PUBLIC_URL: publicUrl })]);
});
afterAll(() => Promise.all([browser?.close(), site?.close(), plain?.stop(), secure?.stop()]));

/** An app's page with `account` of the SDK in it. */
async function openApp(context: BrowserContext, sdk: Sdk, host: string, { url }: TestApp): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${site.at(host)}/${sdk}`);
  await page.evaluate(`client = new Appwrite.Client().setEndpoint('${url}/v1').setProject('${PROJECT}'); account = new Appwrite.Account(client)`);
  return page;
}

/** What an expression of the app's gives: its value, or the type and message of its failure. */
const run = (page: Page, expression: string): Promise<any> => page.evaluate(`(async () => ${expression})().catch(({ type, code, message }) => ({ failed: type, code, message }))`);

let people = 0;
const newAddress = () => `ada.${(people += 1)}@example.com`;

/** Positional parameters are what both generations of the SDK take. */
async function journey(page: Page): Promise<void> {
  const email = newAddress();
  expect(await run(page, `account.create('unique()', '${email}', '${PASSWORD}', 'Ada')`)).toMatchObject({ email });
  expect(await run(page, `account.createEmailPasswordSession('${email}', '${PASSWORD}')`)).toMatchObject({ provider: 'email' });
  expect(await run(page, 'account.get()')).toMatchObject({ email });
  expect(await run(page, `account.updatePrefs({ theme: 'dark' })`)).toMatchObject({ prefs: { theme: 'dark' } });
  const { jwt } = await run(page, 'account.createJWT()');
  expect(jwt).toMatch(/^ey/);
  await page.reload();
}

const fallbackOf = (page: Page): Promise<string | null> => page.evaluate("localStorage.getItem('cookieFallback')");
const cookieNames = async (context: BrowserContext, { url }: TestApp) => (await context.cookies(url)).map(({ name }) => name).sort();
const OUR_COOKIES = [`a_session_${PROJECT}`, `a_session_${PROJECT}_legacy`];

describe.each(SDKS)('%s in a browser', (sdk) => {
  let context: BrowserContext;
  beforeEach(async () => {
    context = await browser.person();
  });
  afterEach(() => context.close());

  async function signsOut(page: Page): Promise<void> {
    expect(await run(page, `account.deleteSession('current')`)).not.toHaveProperty('failed');
    expect(await run(page, 'account.get()')).toMatchObject({ failed: 'general_unauthorized_scope', code: 401 });
  }

  it('on another port of the same site lives by cookies alone', async () => {
    await journey(await openApp(context, sdk, 'localhost', plain));
    const again = await openApp(context, sdk, 'localhost', plain);
    expect(await run(again, 'account.get()')).toMatchObject({ name: 'Ada' });
    expect(await cookieNames(context, plain)).toEqual(OUR_COOKIES);
    expect(await fallbackOf(again)).toBeNull();
    expect(await again.evaluate('document.cookie')).toBe('');
    await signsOut(again);
    expect(await cookieNames(context, plain)).toEqual([]);
  });

  it('on another site lives by cookies where the API is at https and the browser lets them through', async () => {
    await TestBrowser.withThirdPartyCookies(async (lenient) => {
      await journey(await openApp(lenient, sdk, 'app.test', secure));
      const again = await openApp(lenient, sdk, 'app.test', secure);
      expect(await cookieNames(lenient, secure)).toContain(`a_session_${PROJECT}`);
      // The cookie alone is enough, although the fallback is there for browsers that withhold it.
      await again.evaluate('localStorage.clear()');
      expect(await run(again, 'account.get()')).toMatchObject({ name: 'Ada' });
      await signsOut(again);
      expect(await cookieNames(lenient, secure)).toEqual([]);
    });
  });

  it.each([
    ['http, where they are Lax', () => plain],
    ['https, by a browser that blocks other sites’', () => secure],
  ])('on another site lives by X-Fallback-Cookies where cookies are withheld: %s', async (_, api) => {
    await journey(await openApp(context, sdk, 'app.test', api()));
    const again = await openApp(context, sdk, 'app.test', api());
    expect(await cookieNames(context, api())).toEqual([]);
    expect(Object.keys(JSON.parse((await fallbackOf(again))!) as object)).toEqual([`a_session_${PROJECT}`]);
    expect(await run(again, 'account.get()')).toMatchObject({ name: 'Ada' });
    await signsOut(again);
    expect(await fallbackOf(again)).toBe('[]');

    const email = newAddress();
    await run(again, `account.create('unique()', '${email}', '${PASSWORD}')`);
    expect(await run(again, `account.createEmailPasswordSession('${email}', '${PASSWORD}')`)).toMatchObject({ provider: 'email' });
    expect(await run(again, 'account.get()')).toMatchObject({ email });
  });

  it('on a foreign site reads nothing and changes nothing', async () => {
    const page = await openApp(context, sdk, 'evil.test', secure);
    for (const call of ['account.get()', 'account.createAnonymousSession()', `account.create('unique()', '${newAddress()}', '${PASSWORD}')`]) {
      expect(await run(page, call)).toMatchObject({ message: expect.stringContaining('Failed to fetch') });
    }
    expect(await cookieNames(context, secure)).toEqual([]);
  });
});

describe('a foreign site', () => {
  it('cannot act by requests that browsers send without asking', async () => {
    await TestBrowser.withThirdPartyCookies(async (victim) => {
      const app = await openApp(victim, 'appwrite-27', 'app.test', secure);
      await run(app, 'account.createAnonymousSession()');
      await app.evaluate('localStorage.clear()');
      const evil = await openApp(victim, 'appwrite-27', 'evil.test', secure);

      const forge = async (method: string, path: string) => {
        const url = `${secure.url}/v1${path}?project=${PROJECT}`;
        const arrived = once(secure.nest.getHttpServer(), 'request') as Promise<[IncomingMessage]>;
        const [response, [{ headers }]] = await Promise.all([evil.waitForResponse(url), arrived, evil.evaluate(`fetch('${url}', { method: '${method}', mode: 'no-cors', credentials: 'include' })`)]);
        return { status: response.status(), cookie: headers.cookie };
      };
      // The victim's cookies go along; the Origin gives the page away.
      expect(await forge('POST', '/account/jwts')).toEqual({ status: 403, cookie: expect.stringContaining(`a_session_${PROJECT}=`) });
      expect(await forge('POST', '/account/verification/phone')).toMatchObject({ status: 403 });
      expect(await run(app, 'account.get()')).toMatchObject({ email: '' });
    });
  });

  it('cannot press the button of the hosted page for somebody', async () => {
    const context = await browser.person();
    const evil = await openApp(context, 'appwrite-27', 'evil.test', plain);
    for (const referrer of ['no-referrer', 'unsafe-url']) {
      const url = `${plain.url}/auth/magic-url?project=${PROJECT}`;
      await evil.setContent(`<meta name="referrer" content="${referrer}"><form method="post" action="${url}"><input name="userId" value="a"><input name="secret" value="b"><button>Win</button></form>`);
      const [response] = await Promise.all([evil.waitForResponse(url), evil.getByRole('button').click()]);
      expect(response.status()).toBe(403);
      await evil.getByText('The press did not come from this page.').waitFor();
      await evil.goBack();
    }
    await context.close();
  });
});
