import type { BrowserContext } from 'playwright-core';
import { accountOperations } from '../../src/modules/account';
import { tokenOperations } from '../../src/modules/tokens';
import { PROJECT, startApp, type TestApp } from '../support/app';
import { complaintsOf, TestBrowser } from '../support/browser';
import { Person } from '../support/person';

let app: TestApp;
let browser: TestBrowser;
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp('sqlite'), TestBrowser.open()]);
});
afterAll(() => Promise.all([browser?.close(), app?.stop()]));

async function linkFor() {
  const ada = await new Person(app, 'rest').signUp();
  await ada.must(tokenOperations.createMagicURLToken, { userId: 'unique()', email: ada.email });
  return { ada, href: (await app.inbox.link(ada.email)).href };
}

/** Who the browser is signed in as, by the cookies it would send. */
async function signedInAs(context: BrowserContext): Promise<string | undefined> {
  const cookies = new Map((await context.cookies(app.url)).map(({ name, value }) => [name, value]));
  if (!cookies.has(`a_session_${PROJECT}`)) return undefined;
  const { body } = await Object.assign(new Person(app, 'rest'), { cookies }).call(accountOperations.get);
  return body.email as string;
}

describe.each([true, false])('a magic link in a browser, JavaScript %s', (javaScriptEnabled) => {
  it('asks for one press and then signs in', async () => {
    const { ada, href } = await linkFor();
    const context = await browser.person({ javaScriptEnabled });
    const page = await context.newPage();
    const complaints = complaintsOf(page);
    await page.goto(href);
    expect(await page.title()).toBe('Sign in to Test · Latchkey');
    expect(await signedInAs(context)).toBeUndefined();

    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('status').getByText('You can close this page and return to the app.').waitFor();
    expect(await signedInAs(context)).toBe(ada.email);
    expect(await context.cookies(app.url)).toEqual([`a_session_${PROJECT}_legacy`, `a_session_${PROJECT}`].map((name) => expect.objectContaining({ name, httpOnly: true, path: '/', domain: 'localhost' })));
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('may be opened twice; only the first press signs in', async () => {
    const { ada, href } = await linkFor();
    const [mine, theirs] = [await browser.person({ javaScriptEnabled }), await browser.person({ javaScriptEnabled })];
    const tabs = [await mine.newPage(), await mine.newPage(), await theirs.newPage()];
    for (const tab of tabs) await tab.goto(href);
    const [first, second, elsewhere] = tabs;

    await first.getByRole('button').click();
    await first.getByRole('heading', { name: 'You are signed in' }).waitFor();
    await second.getByRole('button').click();
    await second.getByRole('alert').getByText('This browser is signed in already.').waitFor();
    await elsewhere.getByRole('button').click();
    await elsewhere.getByRole('alert').getByText('was used already').waitFor();
    expect(await signedInAs(mine)).toBe(ada.email);
    expect(await signedInAs(theirs)).toBeUndefined();
    await Promise.all([mine.close(), theirs.close()]);
  });

  it('tells what to do when it has expired', async () => {
    const { href } = await linkFor();
    const context = await browser.person({ javaScriptEnabled });
    const page = await context.newPage();
    await page.goto(href);
    app.clock.turn(3_601);
    try {
      await page.getByRole('button').click();
      await page.getByRole('alert').getByText('ask for a new link').waitFor();
    } finally {
      app.clock.back();
    }
    await context.close();
  });
});

describe('the page of a magic link', () => {
  it('is reached and pressed by keyboard, and reads well aloud', async () => {
    const { href } = await linkFor();
    const context = await browser.person();
    const page = await context.newPage();
    await page.goto(href);
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(await page.locator('main').ariaSnapshot()).toBe(`- main:
  - heading "Sign in to Test" [level=1]
  - paragraph: Press the button to sign in with this browser. The link works once.
  - button "Sign in"
  - paragraph: Did you not ask for this? Then close the page; nothing has happened.`);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'You are signed in' }).waitFor();
    await context.close();
  });

  it('cannot be framed, and tells no other site its address', async () => {
    const { href } = await linkFor();
    const context = await browser.person();
    const page = await context.newPage();
    await page.goto(href);
    expect(await page.evaluate('fetch("/").then(() => "sent", () => "blocked")')).toBe('blocked');
    const policy = (await page.request.get(href)).headers();
    expect(policy['content-security-policy']).toContain("frame-ancestors 'none'");
    const [request] = await Promise.all([page.waitForRequest((each) => each.method() === 'POST'), page.getByRole('button').click()]);
    expect((await request.allHeaders()).referer).toBeUndefined();
    await context.close();
  });
});
