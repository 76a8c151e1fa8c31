import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { render } from '../../src/messaging/templates/render';
import { TestBrowser } from '../support/browser';
import { CODE, LINK, TOLD } from '../support/messages';

/** The pictures in docs/messages.md; `RENEW_SCREENSHOTS=1` takes them anew. */
const PICTURES = join(__dirname, '../../docs/images');
const SHOTS = [
  { template: 'verification', locale: 'en', scheme: 'light', width: 640 },
  { template: 'mfa-challenge', locale: 'de', scheme: 'dark', width: 640 },
  { template: 'magic-url', locale: 'ar', scheme: 'light', width: 360 },
] as const;

interface Seen {
  wide: number;
  dir: string;
  /** Is the title light, as on a dark ground? */
  bright: boolean;
  text: string;
  links: string[];
}

/** Runs in the page. */
const LOOK = `(() => {
  const title = getComputedStyle(document.querySelector('h1'));
  const [red, green, blue] = title.color.match(/\\d+/g).map(Number);
  return { wide: document.documentElement.scrollWidth, dir: title.direction, bright: red + green + blue > 384, text: document.body.innerText, links: [...document.links].map(({ href }) => href) };
})()`;

let browser: TestBrowser;
beforeAll(async () => {
  browser = await TestBrowser.open();
});
afterAll(() => browser?.close());

describe.each(SHOTS)('the mail $template in $locale, $scheme, $width pixels wide', ({ template, locale, scheme, width }) => {
  it('fits, asks nobody for anything, and stands the right way round', async () => {
    const reader = await browser.person({ viewport: { width, height: 800 }, colorScheme: scheme });
    const page = await reader.newPage();
    const asked: string[] = [];
    page.on('request', ({ url }) => asked.push(url()));
    await page.setContent(render(template, locale, TOLD[template]).html);

    const seen = await page.evaluate<Seen>(LOOK);
    expect(seen.wide).toBeLessThanOrEqual(width);
    expect(seen.dir).toBe(locale === 'ar' ? 'rtl' : 'ltr');
    expect(seen.bright).toBe(scheme === 'dark');
    if (template === 'mfa-challenge') expect(seen.text).toContain(CODE);
    else expect(seen.links).toContain(LINK);
    expect(asked).toEqual([]);

    if (process.env.RENEW_SCREENSHOTS) {
      mkdirSync(PICTURES, { recursive: true });
      await page.screenshot({ path: join(PICTURES, `${template}.${locale}.png`), fullPage: true });
    }
    await reader.close();
  });
});
