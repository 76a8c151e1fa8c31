import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { FakeProvider } from '../oauth/fake-provider';
import { newPerson, type Person } from '../oauth/person';
import { PROJECT, startApp, type TestApp } from '../support/app';
import { Site, TestBrowser } from '../support/browser';

/** The browser builds that apps load: of today, and of the 1.4 era. */
const SDKS = ['appwrite-27', 'appwrite-15'] as const;
type Sdk = (typeof SDKS)[number];
const PROVIDER = 'google';

let browser: TestBrowser;
let site: Site;
let fake: FakeProvider;
let app: TestApp;
let context: BrowserContext;
let person: Person;

beforeAll(async () => {
  const files = Object.fromEntries(
    SDKS.flatMap((sdk) => [
      [`/${sdk}.js`, { type: 'text/javascript', body: readFileSync(join(dirname(require.resolve(sdk)), '../iife/sdk.js'), 'utf8') }],
      [`/${sdk}`, { type: 'text/html', body: `<!doctype html><title>App</title><link rel="icon" href="data:,"><script src="/${sdk}.js"></script>` }],
    ]),
  );
  [browser, site, fake] = await Promise.all([TestBrowser.open(), Site.open(files), FakeProvider.start()]);
  app = await startApp('sqlite', { projects: [{ id: PROJECT, name: 'Shop', platforms: ['localhost', 'app.test'], oauth: { [PROVIDER]: fake.registration(PROVIDER) } }] });
});
afterAll(() => Promise.all([browser?.close(), site?.close(), app?.stop(), fake?.stop()]));
beforeEach(async () => {
  context = await browser.person();
  person = newPerson();
  fake.signsIn(PROVIDER, person);
});
afterEach(async () => {
  await context.close();
  expect(fake.refusals.splice(0)).toEqual([]);
});

/** The app's page loads the SDK anew each time, as after every way to a provider. */
const load = (page: Page) => page.evaluate(`account = new Appwrite.Account(new Appwrite.Client().setEndpoint('${app.url}/v1').setProject('${PROJECT}')); undefined`);
/** What a call of the app's gives: its value, or what apps look at in its failure. */
const run = (page: Page, call: string): Promise<any> => page.evaluate(`(async () => account.${call})().catch(({ type, code }) => ({ failed: type, code }))`);

/** The app leaves for the provider by the SDK's method, and is back. @returns where it ended */
async function leave(page: Page, sdk: Sdk, host: string, method: 'createOAuth2Session' | 'createOAuth2Token'): Promise<URL> {
  const home = `${site.at(host)}/${sdk}`;
  await page.goto(home);
  await load(page);
  const back = page.waitForURL((url) => url.href.startsWith(`${home}?`));
  await page.evaluate(`void account.${method}('${PROVIDER}', '${home}?in', '${home}?out', ['https://www.googleapis.com/auth/calendar.readonly'])`);
  await back;
  await load(page);
  return new URL(page.url());
}

describe.each(SDKS)('%s in Chromium', (sdk) => {
  it('signs in through a provider by a cookie, on another port of the same site', async () => {
    const page = await context.newPage();
    expect((await leave(page, sdk, 'localhost', 'createOAuth2Session')).search).toBe('?in');
    expect(await run(page, 'get()')).toMatchObject({ email: person.email, emailVerification: true });
    expect(await run(page, `getSession('current')`)).toMatchObject({ provider: PROVIDER, providerUid: person.id, factors: ['oauth2'] });
    expect(fake.requests.find(({ step }) => step === 'authorize')?.query.get('scope')).toContain('calendar.readonly');
    fake.forget();

    expect(await run(page, 'listIdentities()')).toMatchObject({ total: 1, identities: [{ provider: PROVIDER, providerEmail: person.email }] });
    await page.evaluate('account.listIdentities().then(({ identities: [{ $id }] }) => account.deleteIdentity($id))');
    expect(await run(page, 'listIdentities()')).toEqual({ total: 0, identities: [] });
  });

  it.each(['localhost', 'app.test'])('signs in through a provider by a token: at %s', async (host) => {
    const page = await context.newPage();
    const { searchParams } = await leave(page, sdk, host, 'createOAuth2Token');
    const spend = `createSession('${searchParams.get('userId')}', '${searchParams.get('secret')}')`;
    expect(await run(page, spend)).toMatchObject({ provider: PROVIDER, factors: ['oauth2'] });
    expect(await run(page, 'get()')).toMatchObject({ $id: searchParams.get('userId'), email: person.email, emailVerification: true });
    await run(page, `deleteSession('current')`);
    expect(await run(page, spend)).toMatchObject({ failed: 'user_invalid_token', code: 401 });
  });

  it('hears that the person said no', async () => {
    fake.denies(PROVIDER);
    const page = await context.newPage();
    const { searchParams } = await leave(page, sdk, 'localhost', 'createOAuth2Session');
    expect(searchParams.has('out')).toBe(true);
    expect(JSON.parse(searchParams.get('error')!)).toMatchObject({ type: 'user_oauth2_provider_error', code: 424 });
    expect(await run(page, 'get()')).toMatchObject({ failed: 'general_unauthorized_scope' });
  });
});
