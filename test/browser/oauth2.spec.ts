import type { BrowserContext, Page } from 'playwright-core';
import { type Ground, prepare, PROJECT, startOn, type TestApp } from '../support/app';
import { TestBrowser } from '../support/browser';
import { OidcIssuer, OidcServer } from '../support/oidc-server';

/** The generic card, and a provider that is known by configuration alone. */
const PROVIDERS = { oidc: 'OpenID Connect', acme: 'Acme' } as const;
type Key = keyof typeof PROVIDERS;
const KEYS = Object.keys(PROVIDERS) as Key[];
const WAYS = KEYS.flatMap((key) => [
  { key, flow: 'session' as const },
  { key, flow: 'token' as const },
]);
const CALLBACK = '/v1/account/sessions/oauth2/callback/';

let ground: Ground;
let app: TestApp;
let server: OidcServer;
let browser: TestBrowser;
let person: BrowserContext;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  const issuers = { oidc: await OidcIssuer.at('client_secret_basic'), acme: await OidcIssuer.at('client_secret_post') };
  const oauth = {
    oidc: issuers.oidc.registration,
    acme: { type: 'oidc', name: PROVIDERS.acme, ...issuers.acme.registration },
    github: { enabled: false, clientId: 'a', clientSecret: 'b' },
  };
  ground = await prepare('sqlite', { projects: [{ id: PROJECT, name: 'Shop', platforms: ['localhost'], oauth }] });
  app = await startOn(ground);
  server = await OidcServer.start(KEYS.map((key) => ({ issuer: issuers[key], redirectUri: `${app.url}${CALLBACK}${key}/${PROJECT}` })));
  browser = await TestBrowser.open();
}, 60_000);
afterAll(async () => {
  await Promise.all([browser?.close(), app?.stop(), server?.stop()]);
  await ground?.release();
});

beforeEach(async () => {
  person = await browser.person();
  page = await person.newPage();
  complaints = complaintsOnOurPages(page);
  await page.goto(app.url);
});
afterEach(async () => {
  await person.close();
  expect(complaints).toEqual([]);
});

/** The provider's pages want a font from the network and an icon; that is none of ours. */
function complaintsOnOurPages(from: Page): string[] {
  const found: string[] = [];
  from.on('console', (message) => {
    if (message.type() === 'error' && message.location().url.startsWith(app.url)) found.push(message.text());
  });
  from.on('pageerror', (error) => found.push(String(error)));
  return found;
}

const region = (name: string) => page.getByRole('region', { name, exact: true });
const account = () => region('Your account');
const ended = (path: string) => page.waitForURL((url) => url.origin === app.url && url.pathname === path);
let people = 0;
const login = (prefix = 'ada') => `${prefix}-${(people += 1)}`;

/** To the provider's own page. */
async function setOut(key: Key, flow: 'session' | 'token'): Promise<void> {
  const button = `Continue with ${PROVIDERS[key]}${flow === 'token' ? ' by a token' : ''}`;
  await region('Providers').getByRole('button', { name: button, exact: true }).click();
  await page.getByPlaceholder('Enter any login').waitFor();
}

/** What a person does there. */
async function identify(name: string): Promise<void> {
  await page.getByPlaceholder('Enter any login').fill(name);
  await page.getByPlaceholder('and password').fill('any');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Continue' }).waitFor();
}

async function agree(name: string): Promise<void> {
  await identify(name);
  await page.getByRole('button', { name: 'Continue' }).click();
}

async function signIn(key: Key, flow: 'session' | 'token', name: string): Promise<void> {
  await setOut(key, flow);
  await agree(name);
  if (flow === 'token') await region('Sign in with the token').getByRole('button').click();
  await account().waitFor();
}

/** Agrees, and goes no further than our door. @returns the address that the browser would open next */
async function toTheDoor(name: string): Promise<string> {
  await identify(name);
  let answer = await page.request.post(await page.locator('form').evaluate((form: any) => form.action), { form: { prompt: 'consent' }, maxRedirects: 0 });
  for (;;) {
    const { location } = answer.headers();
    if (location.startsWith(app.url)) return location;
    answer = await page.request.get(location, { maxRedirects: 0 });
  }
}

async function identities(): Promise<string[]> {
  await region('Identities').getByRole('button', { name: 'List identities' }).click();
  await page.getByRole('status').filter({ hasText: 'listIdentities. Done' }).waitFor();
  return region('Identities').getByRole('listitem').allInnerTexts();
}

const refused = async () => {
  await ended('/auth/oauth2/failure');
  await page.getByText('was not begun in this browser, or its state is not ours').waitFor();
  await page.goto(app.url);
  await region('Sign up').waitFor();
};

describe('the demo page', () => {
  it('offers the providers that the project has switched on', async () => {
    expect(await region('Providers').getByRole('heading', { level: 3 }).allInnerTexts()).toEqual(Object.values(PROVIDERS));
  });

  it.each(WAYS)('$key signs in by a $flow, and the provider’s word makes the address verified', async ({ key, flow }) => {
    const name = login();
    await signIn(key, flow, name);
    await account().getByText(`${name}@example.com · verified`).waitFor();
    await account().getByText(name.toUpperCase(), { exact: true }).waitFor();
    // What a token's way brought is in no address that stays.
    expect(page.url()).toBe(`${app.url}/?project=${PROJECT}`);
    expect((await person.cookies(app.url)).map((cookie) => cookie.name).filter((cookie) => cookie.startsWith('a_oauth2_'))).toEqual([]);
    expect(await identities()).toEqual([`${key}\n${name}@example.com\nUnlink`]);
  });

  it.each(KEYS)('%s does not verify an address that it does not vouch for', async (key) => {
    const name = login('new');
    await signIn(key, 'session', name);
    await account().getByText(`${name}@example.com · not verified`).waitFor();
  });

  it('recognises a person by the other way, and in another browser', async () => {
    const name = login();
    await signIn('oidc', 'session', name);
    const id = await account().locator('dd').first().innerText();
    const elsewhere = await browser.person();
    page = await elsewhere.newPage();
    await page.goto(app.url);
    await signIn('oidc', 'token', name);
    expect(await account().locator('dd').first().innerText()).toBe(id);
    await elsewhere.close();
  });

  it('links a provider to a guest, who becomes a user, then another, and unlinks one', async () => {
    await page.getByRole('button', { name: 'Continue as guest' }).click();
    await account().waitFor();
    const id = await account().locator('dd').first().innerText();
    const [first, second] = [login(), login()];
    await signIn('acme', 'session', first);
    await account().getByText(`${first}@example.com · verified`).waitFor();
    await signIn('oidc', 'session', second);
    expect(await account().locator('dd').first().innerText()).toBe(id);
    expect((await identities()).map((each) => each.split('\n').slice(0, 2))).toEqual([['acme', `${first}@example.com`], ['oidc', `${second}@example.com`]]);

    await region('Identities').getByRole('button', { name: 'Unlink acme' }).click();
    await page.getByRole('status').filter({ hasText: 'deleteIdentity. Done' }).waitFor();
    expect(await identities()).toEqual([`oidc\n${second}@example.com\nUnlink`]);
  });

  it.each(WAYS)('tells of a person who turned round at $key, on the way to a $flow', async ({ key, flow }) => {
    await setOut(key, flow);
    await page.getByRole('link', { name: 'Cancel' }).click();
    const failure = region('The sign-in through a provider failed');
    await failure.getByRole('alert').filter({ hasText: `${key}: access_denied: End-User aborted interaction` }).waitFor();
    await failure.getByText('user_oauth2_provider_error').waitFor();
    expect(await failure.locator('dd').last().innerText()).toMatch(/^[0-9a-f]{20}$/);
    await region('Sign up').waitFor();
    expect(await page.evaluate('document.activeElement.id')).toBe('failure-title');
    // Told once.
    await page.reload();
    await region('Sign up').waitFor();
    expect(await failure.count()).toBe(0);
  });

  it('names every control for a screen reader, no two of a card alike', async () => {
    const names = await region('Providers').getByRole('button').allInnerTexts();
    expect(names).toHaveLength(4);
    expect(new Set(names).size).toBe(4);
  });
});

describe('somebody else’s browser', () => {
  it.each(WAYS)('is not signed in by a callback of $key, to a $flow; the right one still is', async ({ key, flow }) => {
    const name = login();
    await setOut(key, flow);
    const url = await toTheDoor(name);
    const victim = await browser.person();
    const own = page;
    page = await victim.newPage();
    await page.goto(url);
    await refused();
    await victim.close();

    page = own;
    await page.goto(url);
    if (flow === 'token') await region('Sign in with the token').getByRole('button').click();
    await account().getByText(`${name}@example.com · verified`).waitFor();
    // And once only.
    await page.goto(url);
    await ended('/auth/oauth2/failure');
  });

  it.each(KEYS)('does not come in by a state that was tampered with, or is of another provider: %s', async (key) => {
    await setOut(key, 'session');
    const url = new URL(await toTheDoor(login()));
    const state = url.searchParams.get('state')!;
    const other = KEYS.find((each) => each !== key)!;
    const forged: [path: string, state: string][] = [
      [url.pathname, state.replace(/.$/, (last) => (last === '0' ? '1' : '0'))],
      [url.pathname, state.split('.')[0]],
      [url.pathname, ''],
      [url.pathname.replace(`/${key}/`, `/${other}/`), state],
    ];
    for (const [pathname, forgery] of forged) {
      const wrong = new URL(url);
      wrong.pathname = pathname;
      wrong.searchParams.set('state', forgery);
      await page.goto(wrong.href);
      await refused();
    }
    await page.goto(url.href);
    await account().waitFor();
  });
});

describe('an app without pages of its own', () => {
  const start = (key: Key) => page.goto(`${app.url}/v1/account/sessions/oauth2/${key}?project=${PROJECT}`);

  it('ends at Latchkey’s success page', async () => {
    await start('acme');
    await agree(login());
    await page.getByRole('heading', { name: 'You are signed in' }).waitFor();
    expect(page.url()).toBe(`${app.url}/auth/oauth2/success`);
    await page.goto(app.url);
    await account().waitFor();
  });

  it('ends at Latchkey’s failure page, which says what to tell the operator', async () => {
    await start('acme');
    await page.getByRole('link', { name: 'Cancel' }).click();
    await ended('/auth/oauth2/failure');
    await page.getByRole('alert').getByText('acme: access_denied').waitFor();
    await page.getByText('user_oauth2_provider_error').waitFor();
    expect(await page.getByText('give the operator this').innerText()).toMatch(/give the operator this: [0-9a-f]{20}$/);
  });
});
