import type { BrowserContext, Page } from 'playwright-core';
import { startApp, type TestApp } from '../support/app';
import { complaintsOf, TestBrowser } from '../support/browser';

const EMAIL = 'ada@example.com';
const PASSWORD = 'a long password';
const PHONE = '+16175551212';

let app: TestApp;
let browser: TestBrowser;
let ada: BrowserContext;
let page: Page;
let complaints: string[];
let sms = 0;
let mails = 0;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp('sqlite'), TestBrowser.open()]);
  ada = await browser.person();
  page = await ada.newPage();
  complaints = complaintsOf(page);
  await page.goto(app.url);
});
afterAll(() => Promise.all([browser?.close(), app?.stop()]));
afterEach(() => expect(complaints.splice(0)).toEqual([]));

/** A form by the heading of its card; of several, by its button. */
const form = (heading: string, button: string) => page.getByRole('region', { name: heading, exact: true }).locator('form').filter({ has: page.getByRole('button', { name: button, exact: true }) });

/** Fills in what is named by its label, presses, and waits until it is said how it went. */
async function use(heading: string, button: string, fields: Record<string, string | boolean> = {}): Promise<string> {
  const place = form(heading, button);
  for (const [label, value] of Object.entries(fields)) {
    const field = place.getByLabel(label);
    if (typeof value === 'boolean') await field.setChecked(value);
    else await field.fill(value);
  }
  const call = (await place.getAttribute('data-call'))!;
  await place.getByRole('button').click();
  const said = page.getByRole('status').filter({ hasText: `${call}. Done` });
  await said.waitFor();
  return said.innerText();
}

const answer = async () => JSON.parse(await page.locator('#calls details[open] .answer').innerText()) as Record<string, any>;
const account = () => page.getByRole('region', { name: 'Your account' });
const signedOut = () => page.getByRole('region', { name: 'Sign up' }).waitFor();
async function signOut(): Promise<void> {
  await use('Your account', 'Sign out');
  await signedOut();
}

const nextMail = () => app.inbox.newest(EMAIL, ++mails);
const nextLink = () => app.inbox.link(EMAIL, ++mails);
const codeIn = (text: string) => /\b\d{6}\b/.exec(text)![0];
const nextSms = async () => codeIn((await app.inbox.newest(PHONE, ++sms)).text);

describe('somebody at the demo page', () => {
  it('signs up and in with a password', async () => {
    await use('Sign up', 'Create account', { Name: 'Ada', 'E-mail address': EMAIL, 'Password, at least 8 characters': PASSWORD });
    expect(await answer()).toMatchObject({ email: EMAIL, emailVerification: false });
    // The address typed once stands in the other forms.
    await use('Sign in with a password', 'Sign in', { Password: PASSWORD });
    await account().getByText(`${EMAIL} · not verified`).waitFor();
    expect(await page.evaluate('document.activeElement.id')).toBe('you');
  });

  it('sees each call without its secrets', async () => {
    const shown = await page.locator('#calls details[open] .call').innerText();
    expect(shown).toBe(`await account.createEmailPasswordSession({\n  email: '${EMAIL}',\n  password: '…',\n})`);
    expect(await page.locator('#calls').innerText()).not.toContain(PASSWORD);
  });

  it('verifies the address through the link in the mailbox', async () => {
    await use('Verify e-mail address', 'Send verification mail');
    await nextMail();
    const [mailbox] = await Promise.all([ada.waitForEvent('page'), page.getByRole('link', { name: 'Mailbox' }).click()]);
    const seen = complaintsOf(mailbox);
    await mailbox.locator('details[open] pre a').click();
    await mailbox.getByRole('heading', { name: 'Confirm your e-mail address' }).waitFor();
    await mailbox.getByRole('button', { name: 'Confirm e-mail address' }).click();
    await mailbox.getByText(`${EMAIL} · verified`).waitFor();
    expect(mailbox.url()).not.toContain('secret');
    expect(seen).toEqual([]);
    await mailbox.close();
    await use('Your account', 'Read again');
    await account().getByText(`${EMAIL} · verified`).waitFor();
  });

  it('is still signed in after a reload', async () => {
    await page.reload();
    await account().getByText(`${EMAIL} · verified`).waitFor();
  });

  it('signs in with a code by e-mail, and compares the phrase', async () => {
    await signOut();
    const said = await use('Sign in with a code by e-mail', 'Send code', { 'E-mail address': EMAIL, 'With a security phrase': true });
    const { phrase } = await answer();
    expect(said).toContain(`The message has to say: ${phrase}.`);
    const { text } = await nextMail();
    expect(text).toContain(phrase);
    await use('Sign in with a code by e-mail', 'Sign in', { 'Code from the mail': codeIn(text) });
    await account().waitFor();
  });

  it('signs in with a magic link on Latchkey’s own page', async () => {
    await signOut();
    await use('Sign in with a magic link', 'Send link', { 'E-mail address': EMAIL });
    const hosted = await ada.newPage();
    const seen = complaintsOf(hosted);
    await hosted.goto((await nextLink()).href);
    await hosted.getByRole('button', { name: 'Sign in' }).click();
    await hosted.getByRole('heading', { name: 'You are signed in' }).waitFor();
    expect(seen).toEqual([]);
    await hosted.close();
    await page.reload();
    await account().waitFor();
  });

  it('signs in with a magic link on the app’s page', async () => {
    await signOut();
    await use('Sign in with a magic link', 'Send link to this page', { 'E-mail address': EMAIL });
    const { href } = await nextLink();
    expect(href).toMatch(`${app.url}/?project=default&for=magic-url&`);
    await page.goto(href);
    await use('Sign in with your link', 'Sign in');
    await account().waitFor();
  });

  it('changes name, password and phone number', async () => {
    await use('Name', 'Change name', { Name: 'Ada Lovelace' });
    await account().getByText('Ada Lovelace').waitFor();
    await use('Password', 'Change password', { 'New password, at least 8 characters': `${PASSWORD} 2`, 'Old password': PASSWORD });
    await use('Phone number', 'Change phone number', { 'Phone number': PHONE, Password: `${PASSWORD} 2` });
    await account().getByText(`${PHONE} · not verified`).waitFor();
  });

  it('verifies the phone number', async () => {
    await use('Verify phone number', 'Send code');
    await use('Verify phone number', 'Confirm phone number', { 'Code from the SMS': await nextSms() });
    await account().getByText(`${PHONE} · verified`).waitFor();
  });

  it('signs in with a code by SMS', async () => {
    await signOut();
    await use('Sign in with a code by SMS', 'Send code', { 'Phone number': PHONE });
    await use('Sign in with a code by SMS', 'Sign in', { 'Code from the SMS': await nextSms() });
    await account().getByText('Ada Lovelace').waitFor();
  });

  it('recovers a forgotten password', async () => {
    await signOut();
    await use('Forgotten password', 'Send recovery mail', { 'E-mail address': EMAIL });
    await page.goto((await nextLink()).href);
    await use('Choose a new password', 'Set new password', { 'New password': `${PASSWORD} 3` });
    await use('Sign in with a password', 'Sign in', { 'E-mail address': EMAIL, Password: `${PASSWORD} 3` });
    await account().waitFor();
  });

  it('keeps preferences, in their order', async () => {
    await use('Preferences', 'Save preferences', { Preferences: '{"zebra": 1, "apple": {"dark": true}}' });
    await account().waitFor();
    await use('Preferences', 'Read preferences');
    expect(await page.locator('#calls details[open] .answer').innerText()).toBe('{\n  "zebra": 1,\n  "apple": {\n    "dark": true\n  }\n}');
  });

  it('is told of preferences that are not JSON, and nothing is sent', async () => {
    const before = await page.locator('#calls > li').count();
    await form('Preferences', 'Save preferences').getByLabel('Preferences').fill('{dark');
    await form('Preferences', 'Save preferences').getByRole('button').click();
    expect(await page.evaluate("document.querySelector('#updatePrefs textarea').validationMessage")).toContain('This is not JSON');
    expect(await page.locator('#calls > li').count()).toBe(before);
  });

  it('extends and ends sessions', async () => {
    const elsewhere = await browser.person();
    const other = await elsewhere.newPage();
    await other.goto(app.url);
    await other.locator('#createEmailPasswordSession-email').fill(EMAIL);
    await other.locator('#createEmailPasswordSession-password').fill(`${PASSWORD} 3`);
    await other.locator('#createEmailPasswordSession button').click();
    await other.getByRole('region', { name: 'Your account' }).waitFor();

    await use('Sessions', 'List sessions');
    const sessions = page.getByRole('region', { name: 'Sessions' }).getByRole('listitem');
    await sessions.nth(1).waitFor();
    expect(await sessions.count()).toBe(2);
    await sessions.first().getByRole('button', { name: 'Extend session' }).click();
    await page.getByText('updateSession. Done').waitFor();
    await sessions.filter({ hasNotText: 'this one' }).getByRole('button', { name: /^End session/ }).click();
    await page.getByText('deleteSession. Done').waitFor();
    await sessions.nth(1).waitFor({ state: 'detached' });
    await elsewhere.close();
  });

  it('reads the log and the identities', async () => {
    await use('Log', 'List logs');
    expect(await page.getByRole('region', { name: 'Log', exact: true }).getByRole('listitem').allInnerTexts()).toEqual(
      expect.arrayContaining([expect.stringContaining('user.update'), expect.stringContaining('session.delete'), expect.stringContaining('recovery.update')]),
    );
    await use('Identities', 'List identities');
    await page.getByText('No identities.').waitFor();
  });

  it('uses a JWT', async () => {
    await use('JWT', 'Create JWT');
    await use('JWT', 'Read account with it');
    expect(await answer()).toMatchObject({ email: EMAIL });
  });

  it('deletes the account, not by one slip', async () => {
    await form('Delete account', 'Delete account').getByRole('button').click();
    expect(await page.locator('#calls strong').first().innerText()).not.toBe('deleteAccount');
    await use('Delete account', 'Delete account', { 'Yes, delete this account and everything in it': true });
    await signedOut();
    await page.reload();
    await signedOut();
  });

  it('continues as a guest and becomes a user', async () => {
    await use('Sign in without an account', 'Continue as guest');
    await use('Keep this account', 'Keep account', { 'E-mail address': EMAIL, 'New password, at least 8 characters': PASSWORD });
    await account().getByText(`${EMAIL} · not verified`).waitFor();
    await page.getByRole('region', { name: 'Keep this account' }).waitFor({ state: 'hidden' });
    await use('E-mail address', 'Change e-mail address', { 'New e-mail address': 'countess@example.com', Password: PASSWORD });
    await account().getByText('countess@example.com · not verified').waitFor();
    await use('Sessions', 'Sign out everywhere');
    await signedOut();
  });
});

describe('the demo page', () => {
  it('works by keyboard alone', async () => {
    await page.locator('#createAnonymousSession button').focus();
    await page.keyboard.press('Enter');
    await account().waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Sign out');
    await page.keyboard.press('Space');
    await signedOut();
    expect(await page.evaluate('document.activeElement.id')).toBe('create-name');
  });

  it('names every control for a screen reader', async () => {
    const controls = await page.locator('input:not([type=hidden]), textarea, select, button').all();
    for (const control of controls) {
      if (!(await control.isVisible())) continue;
      expect(await control.evaluate((element: any) => element.labels?.[0]?.textContent.trim() || element.textContent.trim())).not.toBe('');
    }
    expect(controls.length).toBeGreaterThan(30);
  });

  it('shows a failure as one, with what to do', async () => {
    await page.locator('#createEmailPasswordSession-email').fill('nobody@example.com');
    await page.locator('#createEmailPasswordSession-password').fill('wrong password');
    await page.locator('#createEmailPasswordSession button').click();
    await page.getByText('Failed: user_invalid_credentials. The e-mail or the password is wrong.').waitFor();
    // The browser's own line about a 401, and no other.
    expect(complaints.splice(0)).toEqual([expect.stringContaining('status of 401')]);
  });

  it('fits a phone', async () => {
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
  });
});
