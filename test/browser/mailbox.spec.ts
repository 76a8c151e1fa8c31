import type { BrowserContext, Page } from 'playwright-core';
import { accountOperations } from '../../src/modules/account';
import { tokenOperations } from '../../src/modules/tokens';
import { verificationOperations } from '../../src/modules/verification';
import { startApp, type TestApp } from '../support/app';
import { complaintsOf, TestBrowser } from '../support/browser';
import { Person } from '../support/person';

let app: TestApp;
let browser: TestBrowser;
let developer: BrowserContext;
let page: Page;
let complaints: string[];
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp('sqlite'), TestBrowser.open()]);
});
afterAll(() => Promise.all([browser?.close(), app?.stop()]));
beforeEach(async () => {
  developer = await browser.person();
  page = await developer.newPage();
  complaints = complaintsOf(page);
});
afterEach(() => developer.close());

/** Somebody whose verification mail is in the mailbox. */
async function unverified(): Promise<Person> {
  const ada = await (await new Person(app, 'rest').signUp()).signIn();
  await ada.must(verificationOperations.createEmailVerification, { url: `${app.url}/dev/confirm` });
  await app.inbox.newest(ada.email);
  return ada;
}

const isVerified = async (ada: Person) => (await ada.must(accountOperations.get)).body.emailVerification as boolean;

describe('the mailbox', () => {
  it('leads from a mail to its confirmation with two presses', async () => {
    const ada = await unverified();
    await page.goto(`${app.url}/dev/mailbox`);
    const mail = page.getByRole('listitem').filter({ hasText: ada.email });
    await mail.locator('pre a').click();
    await page.getByRole('heading', { name: 'Confirm your e-mail address' }).waitFor();
    expect(await isVerified(ada)).toBe(false);

    await page.getByRole('button', { name: 'Confirm e-mail address' }).click();
    await page.getByRole('heading', { name: 'E-mail address confirmed' }).waitFor();
    expect(await isVerified(ada)).toBe(true);
    expect(complaints).toEqual([]);
    await page.getByRole('link', { name: 'Back to the mailbox' }).click();
    await page.getByRole('heading', { name: 'Mailbox' }).waitFor();
  });

  it('shows the mail as it looks, whose button opens a page of its own', async () => {
    const ada = await unverified();
    await page.goto(`${app.url}/dev/mailbox`);
    const frame = page.getByRole('listitem').filter({ hasText: ada.email }).frameLocator('iframe');
    const [opened] = await Promise.all([developer.waitForEvent('page'), frame.getByRole('link').first().click()]);
    await opened.getByRole('button', { name: 'Confirm e-mail address' }).click();
    await opened.getByRole('heading', { name: 'E-mail address confirmed' }).waitFor();
    expect(await isVerified(ada)).toBe(true);
    expect(complaints).toEqual([]);
  });

  it('shows an SMS', async () => {
    const ada = new Person(app, 'rest');
    await ada.must(tokenOperations.createPhoneToken, { userId: 'unique()', phone: '+16175551234' });
    const { text } = await app.inbox.newest('+16175551234');
    await page.goto(`${app.url}/dev/mailbox`);
    await page.getByText(text).waitFor();
    expect(await page.locator('.bubble').first().innerText()).toBe(text);
    expect(complaints).toEqual([]);
  });

  it.each([true, false])('gives a code to one click, with JavaScript: %s', async (javaScriptEnabled) => {
    const ada = new Person(app, 'rest');
    await ada.must(tokenOperations.createEmailToken, { userId: 'unique()', email: ada.email });
    await ada.must(tokenOperations.createPhoneToken, { userId: 'unique()', phone: ada.phone });
    const codes = { [ada.email]: await app.inbox.code(ada.email), [ada.phone]: await app.inbox.code(ada.phone) };
    const visitor = await browser.person({ javaScriptEnabled });
    const tab = await visitor.newPage();
    for (const [to, code] of Object.entries(codes)) {
      await tab.goto(`${app.url}/dev/mailbox?to=${encodeURIComponent(to)}`);
      await tab.locator('.code').first().click();
      // What the page cannot be asked without scripts, its clipboard tells: pasted into its own field.
      await tab.keyboard.press('Control+C');
      await tab.getByRole('combobox').fill('');
      await tab.getByRole('combobox').press('Control+V');
      expect(await tab.getByRole('combobox').inputValue()).toBe(code);
    }
    await visitor.close();
  });

  it('finds the messages to somebody', async () => {
    const [ada, bob] = [await unverified(), await unverified()];
    await page.goto(`${app.url}/dev/mailbox`);
    await page.getByRole('combobox', { name: 'To' }).fill(ada.email.toUpperCase());
    await page.getByRole('button', { name: 'Show' }).click();
    await page.getByRole('listitem').filter({ hasText: ada.email }).waitFor();
    expect(await page.getByRole('listitem').filter({ hasText: bob.email }).count()).toBe(0);
    await page.goto(`${app.url}/dev/mailbox?to=${encodeURIComponent('"><b>nobody')}`);
    await page.getByText('Nothing to "><b>nobody yet.').waitFor();
    expect(complaints).toEqual([]);
  });

  it.each([true, false])('asks again by itself when it is told to, with JavaScript: %s', async (javaScriptEnabled) => {
    const ada = new Person(app, 'rest');
    const visitor = await browser.person({ javaScriptEnabled });
    const tab = await visitor.newPage();
    await unverified();
    await tab.goto(`${app.url}/dev/mailbox`);
    await tab.getByRole('combobox', { name: 'To' }).fill(ada.email);
    await tab.getByRole('checkbox', { name: 'Refresh by itself' }).check();
    await tab.getByRole('button', { name: 'Show' }).click();
    await tab.getByText(`Nothing to ${ada.email} yet.`).waitFor();
    await ada.must(tokenOperations.createEmailToken, { userId: 'unique()', email: ada.email });
    await tab.getByRole('listitem').filter({ hasText: ada.email }).waitFor();
    expect(await tab.getByRole('checkbox', { name: 'Refresh by itself' }).isChecked()).toBe(true);
    await visitor.close();
  });

  it('works without JavaScript, and by keyboard', async () => {
    await unverified();
    const plain = await browser.person({ javaScriptEnabled: false });
    const tab = await plain.newPage();
    await tab.goto(`${app.url}/dev/mailbox`);
    const second = tab.locator('details').nth(1);
    expect(await second.getAttribute('open')).toBeNull();
    await second.locator('summary').focus();
    await tab.keyboard.press('Enter');
    expect(await second.getAttribute('open')).not.toBeNull();
    await plain.close();
  });

  it('is cleared by its button', async () => {
    await unverified();
    await page.goto(`${app.url}/dev/mailbox`);
    await page.getByRole('button', { name: 'Clear mailbox' }).click();
    await page.getByRole('heading', { name: 'No messages yet' }).waitFor();
    expect(await app.inbox.all()).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

describe('the confirmation page', () => {
  it('confirms once, without JavaScript too', async () => {
    const ada = await unverified();
    const { href } = await app.inbox.link(ada.email);
    const plain = await browser.person({ javaScriptEnabled: false });
    const tabs = [await plain.newPage(), await plain.newPage()];
    for (const tab of tabs) await tab.goto(href);
    for (const tab of tabs) await tab.getByRole('button').click();
    await tabs[0].getByRole('heading', { name: 'E-mail address confirmed' }).waitFor();
    await tabs[1].getByRole('alert').getByText('was used already').waitFor();
    expect(await isVerified(ada)).toBe(true);
    await plain.close();
  });

  it('says what is the matter with half a link', async () => {
    await page.goto(`${app.url}/dev/confirm?userId=ada`);
    await page.getByRole('button').click();
    await page.getByRole('alert').getByText('Part of the link is missing.').waitFor();
  });
});
