import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CODE, decoded, LINK, TOLD } from '../../../test/support/messages';
import { Mentions } from './mentions';
import { render } from './render';
import { SMS } from './sms';
import { MAILS } from './template-files';

const LOCALES = ['en', 'de', 'es', 'fr', 'it', 'pt-br', 'nl', 'pl', 'tr', 'ru', 'uk', 'ar', 'he', 'hi', 'zh-cn', 'zh-tw', 'ja', 'ko'];
const RIGHT_TO_LEFT = ['ar', 'he'];
const strings = (folder: string, locale: string) => JSON.parse(readFileSync(join(__dirname, folder, `${locale}.json`), 'utf8')) as Record<string, string>;
const bare = (data: Record<string, string>): Record<string, string> => ({ ...data, user: '', ...Object.fromEntries(['phrase', 'agentDevice', 'agentClient', 'agentOs', 'country'].map((field) => [field, ''])) });

it('there is a folder for every mail that is promised, and none besides', () => {
  expect(readdirSync(__dirname).filter((name) => existsSync(join(__dirname, name, 'html.hbs'))).sort()).toEqual([...MAILS].sort());
  expect(Object.keys(TOLD).sort()).toEqual([...MAILS].sort());
});

describe.each([...MAILS, 'sms'])('the words of %s', (folder) => {
  const english = strings(folder, 'en');

  it('are there in every language, and in no other', () => {
    const files = readdirSync(join(__dirname, folder)).filter((file) => file.endsWith('.json'));
    expect(files.sort()).toEqual(LOCALES.map((locale) => `${locale}.json`).sort());
  });

  it.each(LOCALES)('in %s are all that English says, about the same things', (locale) => {
    const own = strings(folder, locale);
    expect(Object.keys(own)).toEqual(Object.keys(english));
    for (const [key, source] of Object.entries(own)) {
      expect(source).toBe(source.trim().normalize('NFC'));
      expect(source).not.toBe('');
      expect({ key, fields: [...Mentions.of([source]).fields().keys()].sort() }).toEqual({ key, fields: [...Mentions.of([english[key]]).fields().keys()].sort() });
      expect(source).not.toMatch(/\{\{\{|\s{2}|&\w+;|</);
    }
  });
});

describe.each(MAILS)('the %s mail', (template) => {
  const told = TOLD[template];

  describe.each(LOCALES)('in %s', (locale) => {
    it.each([
      ['told everything', told],
      ['told only what it needs', bare(told)],
    ])('%s', (_, data) => {
      const { subject, html, text } = render(template, locale, data);
      const lang = Intl.getCanonicalLocales(locale)[0];
      const dir = RIGHT_TO_LEFT.includes(locale) ? 'rtl' : 'ltr';

      expect(subject).toMatch(/^\S.*\S$/);
      expect(html).toContain(`<html lang="${lang}" dir="${dir}">`);
      expect(html).toContain(`text-align: ${dir === 'rtl' ? 'right' : 'left'}`);
      for (const needed of [data.redirect && LINK, data.otp && CODE]) {
        if (!needed) continue;
        expect(decoded(html)).toContain(needed);
        expect(text.split('\n')).toContain(needed);
      }
      // A link that is broken or a code that is turned round is no link and no code.
      if (data.redirect) expect(html).toMatch(/<p dir="ltr"[^>]*><a class="link"/);
      if (data.otp) expect(html).toMatch(new RegExp(`<p [^>]*dir="ltr"[^>]*>${CODE}</p>`));

      expect(text).not.toMatch(/&(?:\w+|#\w+);/);
      expect(text).not.toMatch(/\n{3,}|<bdi/);
      expect(html + text).not.toMatch(/\{\{|\}\}|\[object|undefined/);
      expect(html).not.toMatch(/<(?:img|script|link|iframe|object)|\bsrc=|url\(|@import/i);
      expect(Buffer.byteLength(html)).toBeLessThan(20_000);
    });
  });

  it('keeps its English subject, which clients compare', () => {
    expect(render(template, 'en', told).subject).toBe(
      {
        verification: 'Account Verification',
        recovery: 'Password Reset',
        'magic-url': 'Shop Login',
        'email-otp': 'OTP for Shop Login',
        'mfa-challenge': 'Verification Code for Shop',
        'session-alert': 'Security alert: new session on your Shop account',
      }[template],
    );
  });
});

it('an SMS has words for every promise', () => {
  expect(Object.keys(strings('sms', 'en'))).toEqual(SMS);
});
