import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { TOLD } from '../../../test/support/messages';
import { direction, fallbacks } from './locales';
import { render, renderer } from './render';

const ada = TOLD.verification;

describe('a reader', () => {
  it.each([
    ['de-AT', ['de-at', 'de', 'en']],
    ['zh', ['zh', 'zh-cn', 'en']],
    ['zh-SG', ['zh-sg', 'zh', 'zh-cn', 'en']],
    ['zh-Hans-CN', ['zh-hans-cn', 'zh-hans', 'zh-cn', 'zh', 'en']],
    ['zh-HK', ['zh-hk', 'zh-tw', 'zh', 'zh-cn', 'en']],
    ['zh-Hant-HK', ['zh-hant-hk', 'zh-hant', 'zh-tw', 'zh', 'zh-cn', 'en']],
    ['pt', ['pt', 'pt-br', 'en']],
    ['pt_PT', ['pt-pt', 'pt', 'pt-br', 'en']],
    ['iw-IL', ['iw-il', 'iw', 'he', 'en']],
    ['nb', ['nb', 'en']],
    ['en-GB', ['en-gb', 'en']],
    ['', ['en']],
    ['constructor', ['constructor', 'en']],
  ])('of %j is served from %j', (locale, chain) => {
    expect(fallbacks(locale)).toEqual(chain);
  });

  it('of a language that runs right to left gets it so', () => {
    expect(['ar', 'he', 'fa', 'ur', 'ckb', 'yi', 'ug'].map(direction)).toEqual(Array(7).fill('rtl'));
    expect(['en', 'hi', 'zh-CN', 'az', 'tr', 'xx'].map(direction)).toEqual(Array(6).fill('ltr'));
  });

  it.each([
    ['zh', 'zh-CN'],
    ['zh-hant', 'zh-TW'],
    ['pt', 'pt-BR'],
    ['iw', 'he'],
    ['de-at', 'de'],
    ...['en', 'en-GB', 'EN_us', 'xx', 'tlh-Latn-QX', '', '../../../etc/passwd', '__proto__', 'sender'].map((locale) => [locale, 'en']),
  ])('who asks for %j reads %s', (locale, lang) => {
    expect(render('verification', locale, ada).html).toContain(`<html lang="${lang}" `);
  });
});

describe('an operator’s words', () => {
  let folder: string;
  const put = (file: string, content: unknown) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), JSON.stringify(content));
  };
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'templates-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('fall back region, language, English, string by string', () => {
    put('verification/sv.json', { subject: 'Bekräftelse', button: 'Bekräfta' });
    put('verification/sv-FI.json', { subject: 'Bekräftelse av kontot' });
    const mail = renderer(folder)('verification', 'sv_fi', ada);
    expect(mail.subject).toBe('Bekräftelse av kontot');
    expect(mail.html).toContain('>Bekräfta</a>');
    expect(mail.html).toContain('<html lang="sv-FI" dir="ltr">');
    expect(mail.text).toContain('Hello Ada Lovelace,');
    expect(mail.text).toContain('29 november 2026');
    expect(renderer(folder)('verification', 'sv-SE', ada).subject).toBe('Bekräftelse');
  });

  it('replace ours one by one, in their language only', () => {
    put('verification/en.json', { title: 'Welcome' });
    const write = renderer(folder);
    expect(write('verification', 'en', ada).html).toContain('>Welcome</h1>');
    expect(write('verification', 'en', ada).subject).toBe('Account Verification');
    expect(write('verification', 'de', ada).html).toContain('>E-Mail-Adresse bestätigen</h1>');
  });

  it('may say less than ours without hurting other languages', () => {
    put('verification/en.json', { expiry: 'Be quick.' });
    expect(renderer(folder)('verification', 'de', ada).text).toContain('29. November 2026');
  });

  it('may come in another order around the same fields', () => {
    put('verification/fr.json', { subject: '{{project}} : vérifiez\u0007 <{{user}}>', greeting: '{{project}} salue {{user}}' });
    const mail = renderer(folder)('verification', 'fr', { ...ada, project: 'A & B' });
    expect(mail.subject).toBe('A & B : vérifiez  <Ada Lovelace>');
    expect(mail.html).toContain('<bdi>A &amp; B</bdi> salue <bdi>Ada Lovelace</bdi>');
    expect(mail.text).toContain('A & B salue Ada Lovelace');
  });

  it('cannot mention what the mail does not know', () => {
    put('verification/de.json', { greeting: 'Hallo {{nmae}},' });
    expect(() => renderer(folder)('verification', 'de', ada)).toThrow('mail template "verification": "greeting" of de.json mentions "nmae"');
  });
});
