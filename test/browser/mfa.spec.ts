import jsQR from 'jsqr';
import { URI } from 'otpauth';
import type { BrowserContext, Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { startApp, type TestApp } from '../support/app';
import { AuthenticatorApp } from '../support/authenticator';
import { complaintsOf, TestBrowser } from '../support/browser';

const EMAIL = 'ada@example.com';
const PASSWORD = 'a long password';

let app: TestApp;
let browser: TestBrowser;
let ada: BrowserContext;
let page: Page;
let complaints: string[];
/** The app on Ada's phone, which has seen nothing but the QR code. */
let phone: AuthenticatorApp;
let codes: string[] = [];

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp('sqlite'), TestBrowser.open()]);
  ada = await browser.person();
  page = await ada.newPage();
  complaints = complaintsOf(page);
  await page.goto(app.url);
});
afterAll(() => Promise.all([browser?.close(), app?.stop()]));
// The browser's own line about a refused call is how a 401 looks; a violated policy or an exception is not.
afterEach(() => expect(complaints.splice(0).filter((line) => !/^Failed to load resource: the server responded with a status of 401\b/.test(line))).toEqual([]));

const region = (name: string) => page.getByRole('region', { name, exact: true });
const gate = () => region('Show another factor');
const account = () => region('Your account');

/** Fills in what is named by its label and presses. */
async function press(place: string, button: string, fields: Record<string, string | boolean> = {}): Promise<string> {
  const form = region(place).locator('form').filter({ has: page.getByRole('button', { name: button, exact: true }) });
  for (const [label, value] of Object.entries(fields)) {
    const field = form.getByLabel(label, { exact: true });
    if (typeof value === 'boolean') await field.setChecked(value);
    else await field.fill(value);
  }
  const call = (await form.getAttribute('data-call'))!;
  await form.getByRole('button').click();
  return call;
}

async function use(place: string, button: string, fields: Record<string, string | boolean> = {}): Promise<void> {
  await said(`${await press(place, button, fields)}. Done`);
}

const said = (text: string) => page.getByRole('status').filter({ hasText: text }).waitFor();

/** What a camera reads off the page: an `otpauth:` URI. */
async function scanned(): Promise<string> {
  const { data, width, height } = PNG.sync.read(await page.getByRole('img', { name: 'QR code for your authenticator app' }).screenshot());
  return jsQR(new Uint8ClampedArray(data), width, height)!.data;
}

async function signOut(): Promise<void> {
  await use('Your account', 'Sign out');
  await region('Sign up').waitFor();
}

async function signIn(): Promise<void> {
  await press('Sign in with a password', 'Sign in', { 'E-mail address': EMAIL, Password: PASSWORD });
}

/** Chooses a factor where the page asks for one. */
async function choose(factor: string): Promise<void> {
  await gate().getByLabel('Factor', { exact: true }).selectOption({ label: factor });
  await use('Show another factor', 'Use this factor');
}

const isIn = () => account().getByText(`${EMAIL} · not verified`).waitFor();

async function everythingIsNamed(): Promise<number> {
  const controls = await page.locator('input:not([type=hidden]), textarea, select, button').all();
  let seen = 0;
  for (const control of controls) {
    if (!(await control.isVisible())) continue;
    seen += 1;
    expect(await control.evaluate((element: any) => element.labels?.[0]?.textContent.trim() || element.textContent.trim())).not.toBe('');
  }
  return seen;
}

describe('somebody who protects an account', () => {
  it('adds an authenticator from the QR code on the page', async () => {
    await use('Sign up', 'Create account', { Name: 'Ada', 'E-mail address': EMAIL, 'Password, at least 8 characters': PASSWORD });
    await signIn();
    await isIn();
    await use('Authenticator app', 'Add authenticator app');

    const uri = await scanned();
    expect(URI.parse(uri)).toMatchObject({ issuer: 'Test', label: EMAIL, algorithm: 'SHA1', digits: 6, period: 30 });
    phone = new AuthenticatorApp(uri, app.clock);
    expect(await page.locator('#authenticator-secret').innerText()).toBe(phone.secret);

    await use('Authenticator app', 'Verify', { 'Code that the app shows': phone.next() });
    expect(await page.getByRole('img', { name: 'QR code' }).count()).toBe(0);
    await use('Factors', 'List factors');
    expect(await region('Factors').getByRole('listitem').allInnerTexts()).toEqual(['Authenticator app\ncan be asked for', 'Code by e-mail\nnot there', 'Code by SMS\nnot there', 'Recovery code\nnot there']);
  });

  it('creates recovery codes, and sees them again after a challenge', async () => {
    await use('Recovery codes', 'Create codes');
    const listed = () => region('Recovery codes').getByRole('listitem').allInnerTexts();
    codes = await listed();
    expect(codes).toHaveLength(6);
    expect(new Set(codes.filter((code) => /^[0-9a-f]{10}$/.test(code))).size).toBe(6);
    await page.reload();
    await isIn();
    expect(await listed()).toEqual([]);

    await press('Recovery codes', 'Show codes');
    await gate().getByText('This needs a recent challenge.').waitFor();
    expect(await page.evaluate('document.activeElement.id')).toBe('gate-title');
    await choose('Authenticator app');
    expect(await page.evaluate('document.activeElement.id')).toBe('updateMFAChallenge-otp');
    await press('Show another factor', 'Answer', { Code: phone.next() });
    // On with what was wanted.
    await said('getMFARecoveryCodes. Done');
    await gate().waitFor({ state: 'hidden' });
    expect((await listed()).sort()).toEqual([...codes].sort());
  });

  it('sees the calls without the codes', async () => {
    const calls = await page.locator('#calls .call').allTextContents();
    expect(calls).toContain("await account.createMFAChallenge({\n  factor: 'totp',\n})");
    expect(calls.filter((call) => /^await account\.updateMFAChallenge\({\n {2}challengeId: '\w+',\n {2}otp: '…',\n}\)$/.test(call))).toHaveLength(1);
  });

  it('switches multi-factor authentication on and goes on', async () => {
    await use('Multi-factor authentication', 'Save', { 'Ask for a second factor': true });
    await account().getByText('Multi-factor authentication').waitFor();
    expect(await account().locator('dd').allInnerTexts()).toContain('on');
  });

  it('is asked at the next sign-in, and is in with a code', async () => {
    await signOut();
    await signIn();
    await gate().getByText('Another factor is needed').waitFor();
    for (const place of ['Your account', 'Sign up']) expect(await region(place).isVisible()).toBe(false);
    // A second tab or a reload is no way around.
    await page.reload();
    await gate().waitFor();
    await choose('Authenticator app');
    await press('Show another factor', 'Answer', { Code: phone.next() });
    await isIn();
    await account().getByText('Ada', { exact: true }).waitFor();
    expect(await page.evaluate('document.activeElement.id')).toBe('you');
    expect(await region('Multi-factor authentication').getByLabel('Ask for a second factor').isChecked()).toBe(true);
  });

  it('has lost the phone, and is in with a recovery code', async () => {
    await signOut();
    await signIn();
    await choose('Recovery code');
    await press('Show another factor', 'Answer', { Code: codes[0] });
    await isIn();
  });

  it('is not let in by the same recovery code again, and is told', async () => {
    await signOut();
    await signIn();
    await choose('Recovery code');
    await press('Show another factor', 'Answer', { Code: codes[0] });
    await said('updateMFAChallenge. Failed: user_invalid_token. The token is wrong, spent or expired. Request a new one.');
    expect(await account().isVisible()).toBe(false);
    // The next code on the paper still does.
    await press('Show another factor', 'Answer', { Code: codes[1] });
    await isIn();
  });

  it('may turn round at the question', async () => {
    await signOut();
    await signIn();
    await use('Show another factor', 'Sign out instead');
    await region('Sign up').waitFor();
    expect(await gate().isVisible()).toBe(false);
    await page.reload();
    await region('Sign up').waitFor();
  });

  it('replaces the recovery codes', async () => {
    await signIn();
    await choose('Authenticator app');
    await press('Show another factor', 'Answer', { Code: phone.next() });
    await isIn();
    await use('Recovery codes', 'Replace codes');
    const renewed = await region('Recovery codes').getByRole('listitem').allInnerTexts();
    expect(renewed).toHaveLength(6);
    expect(renewed.filter((code) => codes.includes(code))).toEqual([]);
    codes = renewed;
  });

  it('is asked before it is switched off, half an hour after the last challenge', async () => {
    app.clock.turn(31 * 60);
    await press('Multi-factor authentication', 'Save', { 'Ask for a second factor': false });
    await gate().getByText('This needs a recent challenge.').waitFor();
    await gate().getByRole('button', { name: 'Not now' }).click();
    await gate().waitFor({ state: 'hidden' });
    // Nothing changed, and the page says so.
    await page.locator('#updateMFA input:checked').waitFor();

    await press('Multi-factor authentication', 'Save', { 'Ask for a second factor': false });
    await choose('Authenticator app');
    await press('Show another factor', 'Answer', { Code: phone.next() });
    await said('updateMFA. Done');
    await page.locator('#updateMFA input:not(:checked)').waitFor();
  });

  it('is asked in the middle of things when it was switched on elsewhere, and goes on with them', async () => {
    await signOut();
    await signIn();
    await isIn();
    const elsewhere = await browser.person();
    const other = await elsewhere.newPage();
    await other.goto(app.url);
    await other.locator('#createEmailPasswordSession-email').fill(EMAIL);
    await other.locator('#createEmailPasswordSession-password').fill(PASSWORD);
    await other.locator('#createEmailPasswordSession button').click();
    await other.getByLabel('Ask for a second factor').check();
    await other.locator('#updateMFA button').click();
    await other.getByRole('status').filter({ hasText: 'updateMFA. Done' }).waitFor();
    await elsewhere.close();

    await press('Sessions', 'List sessions');
    await gate().waitFor();
    expect(await account().isVisible()).toBe(false);
    await choose('Authenticator app');
    await press('Show another factor', 'Answer', { Code: phone.next() });
    await said('listSessions. Done');
    await isIn();
    expect(await region('Sessions').getByRole('listitem').count()).toBeGreaterThan(1);
  });

  it('removes the authenticator with a code', async () => {
    await use('Remove the authenticator app', 'Remove with code', { 'Code of the app, or a recovery code': phone.next() });
    await use('Factors', 'List factors');
    expect(await region('Factors').getByRole('listitem').first().innerText()).toBe('Authenticator app\nnot there');
  });

  it('adds another, and removes it after a challenge', async () => {
    await use('Authenticator app', 'Add authenticator app');
    phone = new AuthenticatorApp(await scanned(), app.clock);
    await use('Authenticator app', 'Verify', { 'Code that the app shows': phone.next() });
    app.clock.turn(31 * 60);
    await press('Remove the authenticator app', 'Remove after a challenge');
    await choose('Recovery code');
    await press('Show another factor', 'Answer', { Code: codes[0] });
    await said('deleteMFAAuthenticator. Done');
  });
});

describe('second factors on the page', () => {
  it('have a name for every control, open question included', async () => {
    await use('Authenticator app', 'Add authenticator app');
    app.clock.turn(31 * 60);
    await press('Recovery codes', 'Show codes');
    await choose('Recovery code');
    expect(await everythingIsNamed()).toBeGreaterThan(30);
    const headings = await page.getByRole('heading', { level: 3 }).allInnerTexts();
    expect(headings).toEqual(['Multi-factor authentication', 'Authenticator app', 'Remove the authenticator app', 'Recovery codes', 'Factors']);
  });

  it('work by keyboard alone', async () => {
    await page.locator('#updateMFAChallenge-otp').fill(codes[1]);
    await page.keyboard.press('Enter');
    await said('getMFARecoveryCodes. Done');
  });

  it('fit a phone', async () => {
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
  });

  it('fetch nothing from elsewhere to draw the code', async () => {
    const fetched: string[] = await page.evaluate('performance.getEntriesByType("resource").map(({ name }) => name)');
    expect(fetched).toContain(`${app.url}/dev/demo/qrcode.js`);
    expect(fetched.filter((url) => !url.startsWith(`${app.url}/`))).toEqual([]);
  });
});
