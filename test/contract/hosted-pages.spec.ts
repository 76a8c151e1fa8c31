import { accountOperations } from '../../src/modules/account';
import { sessionOperations } from '../../src/modules/sessions';
import { tokenOperations } from '../../src/modules/tokens';
import { PROJECT, startApp, type TestApp } from '../support/app';
import { Person } from '../support/person';

let app: TestApp;
beforeAll(async () => {
  app = await startApp('sqlite');
});
afterAll(() => app?.stop());
afterEach(() => app.clock.back());

const somebody = () => new Person(app, 'rest');

/** A person who has asked for a magic link that leads to our own page. */
async function asked() {
  const ada = await somebody().signUp();
  await ada.must(tokenOperations.createMagicURLToken, { userId: 'unique()', email: ada.email });
  return { ada, link: await app.inbox.link(ada.email) };
}

/** What a browser sends when the button of our page is pressed. */
const FROM_OUR_PAGE = { origin: 'null', 'sec-fetch-site': 'same-origin' };

async function press({ userId, secret }: { userId?: string; secret?: string }, headers: Record<string, string> = FROM_OUR_PAGE, project: string | undefined = PROJECT) {
  const form = new URLSearchParams(JSON.parse(JSON.stringify({ userId, secret })) as Record<string, string>);
  const response = await fetch(`${app.url}/auth/magic-url${project ? `?project=${project}` : ''}`, { method: 'POST', body: form, headers: { 'x-forwarded-for': '10.99.0.1', ...headers } });
  return { status: response.status, headers: response.headers, text: await response.text(), cookies: response.headers.getSetCookie() };
}

function expectPage({ status, headers, text }: { status: number; headers: Headers; text: string }, expected: number, saying: RegExp): void {
  expect(text).toMatch(saying);
  expect(status).toBe(expected);
  expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'nonce-[^']+'; img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'$/);
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(headers.get('cache-control')).toBe('private, no-store');
  expect(text).toMatch(/^<!doctype html>/);
}

async function get(path: string, init: RequestInit = {}) {
  const response = await fetch(`${app.url}${path}`, init);
  return { status: response.status, headers: response.headers, text: await response.text() };
}

describe('the page of a magic link', () => {
  it('may be opened by anybody, any number of times, without spending the link', async () => {
    const { ada, link } = await asked();
    const path = link.href.slice(app.url.length);
    expect(path).toMatch(/^\/auth\/magic-url\?/);
    for (const init of [{}, { method: 'HEAD' }, { headers: { 'sec-purpose': 'prefetch' } }]) {
      const { status, headers } = await get(path, init);
      expect(status).toBe(200);
      expect(headers.getSetCookie()).toEqual([]);
    }
    expectPage(await get(path), 200, /<h1>Sign in to Test<\/h1>/);
    await ada.must(sessionOperations.updateMagicURLSession, { userId: link.userId, secret: link.secret });
  });

  it('signs the browser in with the cookies that the API sets', async () => {
    const { ada, link } = await asked();
    const pressed = await press(link);
    expectPage(pressed, 200, /You are signed in\. You can close this page and return to the app\./);

    const viaApi = await asked();
    const { headers } = await viaApi.ada.must(sessionOperations.updateMagicURLSession, { userId: viaApi.link.userId, secret: viaApi.link.secret });
    const withoutValue = (cookies: string[]) => cookies.map((cookie) => cookie.replace(/=[^;]+/, '=…').replace(/Expires=[^;]+/, 'Expires=…'));
    expect(withoutValue(pressed.cookies)).toEqual(withoutValue(headers.getSetCookie()));
    expect(pressed.cookies).toHaveLength(2);
    expect(pressed.headers.has('x-fallback-cookies')).toBe(false);

    const [, value] = /=([^;]+)/.exec(pressed.cookies[1])!;
    const browser = Object.assign(ada.elsewhere(), { cookies: new Map([[`a_session_${PROJECT}`, value]]) });
    expect((await browser.must(accountOperations.get)).body).toMatchObject({ email: ada.email, emailVerification: true });
  });

  it('works once', async () => {
    const { link } = await asked();
    expect((await press(link)).status).toBe(200);
    const again = await press(link);
    expectPage(again, 401, /has expired, or was used already.*ask for a new link.*user_invalid_token/s);
    expect(again.cookies).toEqual([]);
  });

  it('has one winner among many presses at once', async () => {
    const { link } = await asked();
    const statuses = (await Promise.all(Array.from({ length: 6 }, (_, index) => press(link, { ...FROM_OUR_PAGE, 'x-forwarded-for': `10.98.0.${index}` })))).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 401, 401, 401, 401, 401]);
  });

  it('says so when the link has expired, before and after the press', async () => {
    const { link } = await asked();
    app.clock.turn(3_601);
    expectPage(await get(link.href.slice(app.url.length)), 401, /has expired/);
    expectPage(await press(link), 401, /has expired/);
  });

  it('says so when the secret is wrong, without telling who has an account', async () => {
    const { link } = await asked();
    const [known, unknown] = [await press({ ...link, secret: 'wrong' }), await press({ userId: 'nobody', secret: 'wrong' })];
    expectPage(known, 401, /user_invalid_token/);
    expectPage(unknown, 401, /user_invalid_token/);
    const comparable = (text: string) => text.replace(/nonce="[^"]+"|Request <code>[^<]+/g, '');
    expect(comparable(known.text)).toBe(comparable(unknown.text));
  });

  it.each([
    ['without parameters', '/auth/magic-url', 404],
    ['without a project', '/auth/magic-url?userId=a&secret=b', 404],
    ['with an unknown project', '/auth/magic-url?userId=a&secret=b&project=nobodys', 404],
    ['with two projects', '/auth/magic-url?userId=a&secret=b&project=default&project=other', 404],
    ['without a user', '/auth/magic-url?secret=b&project=default', 400],
    ['with an empty secret', '/auth/magic-url?userId=a&secret=&project=default', 400],
    ['with two secrets', '/auth/magic-url?userId=a&secret=b&secret=c&project=default', 400],
  ])('opened %s is a page that says what to do', async (_, path, status) => {
    expectPage(await get(path), status, /Part of the link is missing.*copy it whole/s);
  });

  it('pressed without a parameter or a project is a page, too', async () => {
    expectPage(await press({ userId: 'a' }), 400, /Part of the link is missing/);
    expectPage(await press({ userId: 'a', secret: 'b' }, FROM_OUR_PAGE, 'nobodys'), 404, /Part of the link is missing/);
  });

  it('does nothing at the press of another site’s form', async () => {
    const { ada, link } = await asked();
    const others: Record<string, string>[] = [{ origin: 'https://evil.example' }, { origin: 'null', 'sec-fetch-site': 'cross-site' }, { origin: 'null' }, { referer: 'https://evil.example/' }];
    for (const headers of others) {
      expectPage(await press(link, headers), 403, /did not come from this page/);
    }
    await ada.must(sessionOperations.updateMagicURLSession, { userId: link.userId, secret: link.secret });
  });

  it('counts a press as a try at the API, and gives the tries back after a success', async () => {
    const { ada, link } = await asked();
    const address = { 'x-forwarded-for': '10.97.0.1' };
    const wrong = { userId: link.userId, secret: 'wrong' };
    for (let tries = 0; tries < 5; tries++) expect((await press(wrong, { ...FROM_OUR_PAGE, ...address })).status).toBe(401);
    for (let tries = 0; tries < 4; tries++) expect((await ada.call(sessionOperations.createSession, wrong, address)).status).toBe(401);
    expect((await press(link, { ...FROM_OUR_PAGE, ...address })).status).toBe(200);

    for (let tries = 0; tries < 10; tries++) expect((await press(wrong, { ...FROM_OUR_PAGE, ...address })).status).toBe(401);
    const refused = await press(wrong, { ...FROM_OUR_PAGE, ...address });
    expectPage(refused, 429, /too many tries/);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await ada.call(sessionOperations.updateMagicURLSession, wrong, address)).toMatchObject({ status: 429 });
  });

  it('tells a browser that is signed in already so, and leaves the link good', async () => {
    const { ada, link } = await asked();
    await ada.signIn();
    const cookie = [...ada.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    expectPage(await press(link, { ...FROM_OUR_PAGE, cookie }), 401, /signed in already/);
    expect((await press(link)).status).toBe(200);
  });
});

describe('the pages after a provider', () => {
  it('say how it went', async () => {
    expectPage(await get('/auth/oauth2/success'), 200, /You are signed in/);
    const error = { message: 'The user <b>declined</b>.', type: 'user_oauth2_unauthorized', code: 401 };
    const failed = await get(`/auth/oauth2/failure?error=${encodeURIComponent(JSON.stringify(error))}`);
    expectPage(failed, 200, /The user &#60;b&#62;declined&#60;\/b&#62;\..*user_oauth2_unauthorized/s);
  });

  it.each(['', '?error=', '?error=%7B', '?error=null', '?error=%7B%22message%22%3A%7B%7D%7D', '?error=1&error=2'])('say something without a readable error: %s', async (query) => {
    expectPage(await get(`/auth/oauth2/failure${query}`), 200, /The sign-in was not completed\..*Go back to the app/s);
  });
});

describe('the demo', () => {
  it('is there with its assets', async () => {
    const { status, text } = await get('/');
    expect(status).toBe(200);
    for (const [, path] of text.matchAll(/(?:src|href)="(\/dev\/demo\/[^"]+)"/g)) expect(await get(path)).toMatchObject({ status: 200 });
    expect((await get('/dev/demo/demo.js')).headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  });

  it.each(['demo.page.ts', 'constructor', '..%2fpage.ts', '..%2f..%2f..%2fpackage.json', ''])('gives nothing else away: %s', async (name) => {
    expect((await get(`/dev/demo/${name}`)).status).toBe(404);
  });
});

describe('in production', () => {
  let production: TestApp;
  beforeAll(async () => {
    production = await startApp('sqlite', undefined, { NODE_ENV: 'production', BCRYPT_COST: '10' });
  });
  afterAll(() => production?.stop());

  it('the hosted pages stay', async () => {
    expect((await fetch(`${production.url}/auth/magic-url?userId=a&secret=b&project=${PROJECT}`)).status).toBe(200);
    expect((await fetch(`${production.url}/auth/oauth2/success`)).status).toBe(200);
  });

  it.each(['/', '/dev/demo/demo.js', '/dev/demo/sdk.js', '/dev/mailbox', '/dev/confirm'])('%s is not there', async (path) => {
    expect((await fetch(`${production.url}${path}`)).status).toBe(404);
  });
});
