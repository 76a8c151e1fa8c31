import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { PROJECT, startApp, type TestApp } from '../support/app';
import { AuthenticatorApp } from '../support/authenticator';
import { Site, TestBrowser } from '../support/browser';

/** The browser builds that apps load: of today, and of the 1.4 era. */
const SDKS = ['appwrite-27', 'appwrite-15'] as const;
const EVERY_SPELLING = [
  { sdk: 'appwrite-27', mfa: 'MFA' },
  { sdk: 'appwrite-27', mfa: 'Mfa' },
  { sdk: 'appwrite-15', mfa: 'Mfa' },
] as const;
const PASSWORD = 'a long password';

let browser: TestBrowser;
let site: Site;
let app: TestApp;

beforeAll(async () => {
  const files = Object.fromEntries(
    SDKS.flatMap((sdk) => [
      [`/${sdk}.js`, { type: 'text/javascript', body: readFileSync(join(dirname(require.resolve(sdk)), '../iife/sdk.js'), 'utf8') }],
      [`/${sdk}`, { type: 'text/html', body: `<!doctype html><title>App</title><link rel="icon" href="data:,"><script src="/${sdk}.js"></script>` }],
    ]),
  );
  [browser, site, app] = await Promise.all([TestBrowser.open(), Site.open(files), startApp('sqlite')]);
});
afterAll(() => Promise.all([browser?.close(), site?.close(), app?.stop()]));
afterEach(() => app.clock.back());

/** A page of an app, with the SDK’s `account` in it. */
async function openApp(context: BrowserContext, sdk: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${site.at('localhost')}/${sdk}`);
  await page.evaluate(`account = new Appwrite.Account(new Appwrite.Client().setEndpoint('${app.url}/v1').setProject('${PROJECT}'))`);
  return page;
}

/** What a call of the app’s gives: its value, or what apps look at in its failure. */
const run = (page: Page, call: string): Promise<any> =>
  page.evaluate(`(async () => account.${call})().catch((error) => ({ exception: error instanceof Appwrite.AppwriteException, type: error.type, code: error.code }))`);
const GATED = { exception: true, type: 'user_more_factors_required', code: 401 };

describe.each(EVERY_SPELLING)('$sdk in Chromium, by methods spelt $mfa', ({ sdk, mfa }) => {
  const email = `ada.${randomBytes(5).toString('hex')}@example.com`;
  let home: BrowserContext;
  let elsewhere: BrowserContext;
  let authenticator: AuthenticatorApp;

  beforeAll(async () => {
    [home, elsewhere] = await Promise.all([browser.person(), browser.person()]);
    const page = await openApp(home, sdk);
    expect(await run(page, `create('unique()', '${email}', '${PASSWORD}', 'Ada')`)).toMatchObject({ email });
    await run(page, `createEmailPasswordSession('${email}', '${PASSWORD}')`);
    const { uri } = await run(page, `create${mfa}Authenticator('totp')`);
    authenticator = new AuthenticatorApp(uri as string, app.clock);
    expect(await run(page, `update${mfa}Authenticator('totp', '${authenticator.code()}')`)).toMatchObject({ email });
    expect(await run(page, 'updateMFA(true)')).toMatchObject({ mfa: true });
  });
  afterAll(() => Promise.all([home?.close(), elsewhere?.close()]));

  it('a sign-in is complete once the challenge is answered', async () => {
    const page = await openApp(elsewhere, sdk);
    expect(await run(page, `createEmailPasswordSession('${email}', '${PASSWORD}')`)).toMatchObject({ factors: ['password'] });
    expect(await run(page, 'get()')).toEqual(GATED);
    expect(await run(page, `list${mfa}Factors()`)).toEqual({ totp: true, phone: false, email: false, recoveryCode: false });

    const { $id } = await run(page, `create${mfa}Challenge(Appwrite.AuthenticationFactor.Totp)`);
    expect(await run(page, `update${mfa}Challenge('${$id}', '${authenticator.code()}')`)).toMatchObject({ type: 'user_invalid_token', code: 401 });
    expect(await run(page, 'get()')).toEqual(GATED);
    expect(await run(page, `update${mfa}Challenge('${$id}', '${authenticator.next()}')`)).toMatchObject({ current: true, factors: ['password', 'totp'] });
    expect(await run(page, 'get()')).toMatchObject({ email, mfa: true });

    await page.reload();
    expect(await run(await openApp(elsewhere, sdk), 'get()')).toMatchObject({ email });
  });

  it('a half sign-in can be given up', async () => {
    const stranger = await browser.person();
    const page = await openApp(stranger, sdk);
    await run(page, `createEmailPasswordSession('${email}', '${PASSWORD}')`);
    expect(await run(page, 'listSessions()')).toEqual(GATED);
    expect(await run(page, `deleteSession('current')`)).not.toHaveProperty('exception');
    expect(await run(page, 'get()')).toMatchObject({ type: 'general_unauthorized_scope' });
    await stranger.close();
  });
});
