import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { render, renderer } from './render';

const LINK = 'https://app.example/confirm?theme=dark&userId=ada&secret=5f%2Ba=&expire=2026-11-29T05:40:41.000%2B00:00';
const ada = { user: 'Ada Lovelace', project: 'Shop', redirect: LINK, expire: '2026-11-29T05:40:41.000+00:00' };

/** What a browser would read in an attribute or a text node. */
const decoded = (html: string) =>
  html.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#x27;', "'").replaceAll('&amp;', '&');

describe('the verification mail', () => {
  const mail = render('verification', 'en', ada);

  it('is called what SDK suites expect', () => {
    expect(mail.subject).toBe('Account Verification');
    expect(mail.html).toContain('<title>Account Verification</title>');
  });

  it('carries its link as a button, as words, and in plain text', () => {
    const anchors = [...mail.html.matchAll(/<a [^>]*href="([^"]*)"[^>]*>([^<]*)<\/a>/g)].map(([, href, words]) => [decoded(href), decoded(words)]);
    expect(anchors).toEqual([
      [LINK, 'Confirm e-mail address'],
      [LINK, LINK],
    ]);
    expect(mail.text.split('\n')).toContain(LINK);
  });

  it('keeps "=" and escapes "&" in the HTML address, since scanners undo only the latter', () => {
    expect(mail.html).toContain('href="https://app.example/confirm?theme=dark&amp;userId=ada&amp;secret=');
  });

  it('greets by name, names the project and says until when', () => {
    for (const part of [mail.html, mail.text]) {
      expect(part).toContain('Hello Ada Lovelace,');
      expect(part).toContain('Shop');
      expect(part).toMatch(/November 29, 2026 at 5:40\sAM UTC/);
    }
  });

  it('greets without a name when there is none', () => {
    const unnamed = render('verification', 'en', { ...ada, user: ' ' });
    for (const part of [unnamed.html, unnamed.text]) {
      expect(part).toContain('Hello,');
      expect(part).not.toContain('Hello ,');
    }
  });

  it('reads alone, without anything fetched, in both colour schemes', () => {
    expect(mail.html).toMatch(/^<!doctype html>\n<html lang="en" dir="ltr">/);
    expect(mail.html).toContain('<meta name="color-scheme" content="light dark">');
    expect(mail.html).toContain('@media (prefers-color-scheme: dark)');
    expect(mail.html).not.toMatch(/<(?:img|script|link|iframe|object)|\bsrc=|url\(|@import/i);
    expect(mail.html.replaceAll(LINK.replaceAll('&', '&amp;'), '')).not.toMatch(/https?:/);
  });

  it('has no template left in it', () => {
    expect(mail.html + mail.text).not.toMatch(/\{\{|\}\}|\[object|undefined/);
  });

  it('stays below the size at which Gmail cuts a mail off', () => {
    expect(Buffer.byteLength(mail.html)).toBeLessThan(20_000);
  });
});

describe('what strangers write', () => {
  it.each([
    ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
    ['"><img src=x onerror=alert(1)>', '&quot;&gt;&lt;img src&#x3D;x onerror&#x3D;alert(1)&gt;'],
    ["O'Neill & <b>Sons</b>", 'O&#x27;Neill &amp; &lt;b&gt;Sons&lt;/b&gt;'],
    ['{{project}} {{{redirect}}}', '{{project}} {{{redirect}}}'],
  ])('%s is a name like any other: escaped in HTML, as it is in text', (name, escaped) => {
    const mail = render('verification', 'en', { ...ada, user: name, project: name });
    expect(mail.html).toContain(`Hello ${escaped},`);
    expect(mail.html).toContain(`the ${escaped} team`);
    expect(mail.text).toContain(`Hello ${name},`);
  });

  it.each(['Win at https://evil.example', 'see WWW.evil.example'])('a name with an address in it is bait and is not repeated: %s', (user) => {
    const mail = render('verification', 'en', { ...ada, user });
    expect(mail.html + mail.text).not.toContain('evil.example');
    expect(mail.text).toContain('Hello,');
  });

  it('line breaks, control and bidi characters become blanks', () => {
    const mail = render('verification', 'en', { ...ada, user: 'Ada\r\nBcc: eve@x\u0000\u202egnp' });
    expect(mail.text).toContain('Hello Ada Bcc: eve@x gnp,');
  });

  it('a link cannot leave its attribute', () => {
    const { html } = render('verification', 'en', { ...ada, redirect: 'https://app.example/"onmouseover="alert(1)' });
    expect(html).toContain('href="https://app.example/&quot;onmouseover=&quot;alert(1)"');
  });
});

describe('a mail that would be useless is not made', () => {
  it.each(Object.keys(ada))('without %s', (field) => {
    const { [field as keyof typeof ada]: _, ...rest } = ada;
    expect(() => render('verification', 'en', rest as Record<string, string>)).toThrow(`mail template "verification": field "${field}" is missing`);
  });

  it.each(['project', 'redirect', 'expire'])('with an empty %s', (field) => {
    expect(() => render('verification', 'en', { ...ada, [field]: '' })).toThrow(`mail template "verification": field "${field}" is empty`);
  });

  it.each(['javascript:alert(1)', 'java\nscript:alert(1)', 'data:text/html,x', '/confirm', 'https://app.example/a b'])('with %j as its link', (redirect) => {
    expect(() => render('verification', 'en', { ...ada, redirect })).toThrow('mail template "verification": field "redirect" is not a link');
  });

  it('but a native app may use its own scheme', () => {
    expect(render('verification', 'en', { ...ada, redirect: 'appwrite-callback-shop://confirm?secret=1' }).text).toContain('appwrite-callback-shop://confirm?secret=1');
  });

  it('with an expiry that is no date, nor from anything inherited', () => {
    expect(() => render('verification', 'en', { ...ada, expire: 'soon' })).toThrow('field "expire" is not a date');
    expect(() => render('verification', 'en', Object.create(ada) as Record<string, string>)).toThrow('is missing');
  });

  it.each(['nothing', '../verification', 'verification/../verification', '', 'partials'])('from template %j', (name) => {
    expect(() => render(name, 'en', ada)).toThrow(`mail template "${name}": does not exist`);
  });
});

describe('locales', () => {
  let folder: string;
  const put = (file: string, content: unknown) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), typeof content === 'string' ? content : JSON.stringify(content));
  };
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'templates-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it.each(['en', 'en-GB', 'EN_us', 'xx', 'tlh-Latn-QX', '', '../../../etc/passwd', 'constructor', '__proto__'])('%j finds English', (locale) => {
    expect(render('verification', locale, ada).html).toContain('<html lang="en" dir="ltr">');
  });

  it('fall back region, language, English, string by string', () => {
    put('verification/pt.json', { subject: 'Verificação', button: 'Confirmar' });
    put('verification/pt-BR.json', { subject: 'Verificação da conta' });
    const mail = renderer(folder)('verification', 'pt_br', ada);
    expect(mail.subject).toBe('Verificação da conta');
    expect(mail.html).toContain('>Confirmar</a>');
    expect(mail.html).toContain('<html lang="pt-BR" dir="ltr">');
    expect(mail.text).toContain('Hello Ada Lovelace,');
    expect(mail.text).toContain('29 de novembro de 2026');
    expect(renderer(folder)('verification', 'pt-PT', ada).subject).toBe('Verificação');
  });

  it('that run right to left turn the mail, not the link', () => {
    put('verification/ar.json', { subject: 'التحقق من الحساب' });
    const { html } = renderer(folder)('verification', 'ar-EG', ada);
    expect(html).toContain('<html lang="ar" dir="rtl">');
    expect(html).toContain('text-align: right');
    expect(html).toMatch(/<p dir="ltr" align="right"[^>]*><a class="link"/);
  });

  it('may be put in another order around the same fields', () => {
    put('verification/fr.json', { subject: '{{project}} : vérifiez\u0007 <{{user}}>', greeting: '{{project}} salue {{user}}' });
    const mail = renderer(folder)('verification', 'fr', { ...ada, project: 'A & B' });
    expect(mail.subject).toBe('A & B : vérifiez  <Ada Lovelace>');
    expect(mail.html).toContain('A &amp; B salue Ada Lovelace');
    expect(mail.text).toContain('A & B salue Ada Lovelace');
  });

  it('cannot mention what the mail does not know', () => {
    put('verification/de.json', { greeting: 'Hallo {{nmae}},' });
    expect(() => renderer(folder)('verification', 'de', ada)).toThrow('mail template "verification": "greeting" of de.json mentions "nmae"');
  });

  it('an operator may replace a shape and add a mail', () => {
    put('verification/text.hbs', '{{t.subject}} → {{link redirect}}');
    expect(renderer(folder)('verification', 'en', ada).text).toBe(`Account Verification → ${LINK}`);

    put('otp/html.hbs', '<p>{{otp}}</p>');
    put('otp/text.hbs', '{{otp}}');
    put('otp/en.json', { subject: 'OTP for {{project}} Login', preview: '' });
    expect(renderer(folder)('otp', 'en', { project: 'Shop', otp: '123456' })).toMatchObject({ subject: 'OTP for Shop Login', text: '123456' });
    expect(() => renderer(folder)('otp', 'en', { project: 'Shop' })).toThrow('mail template "otp": field "otp" is missing');
    expect(() => render('otp', 'en', {})).toThrow('does not exist');
  });

  it('a word nobody wrote is found at once', () => {
    put('otp/html.hbs', '{{t.hello}}');
    put('otp/text.hbs', '');
    put('otp/en.json', { subject: 'x', preview: 'y' });
    expect(() => renderer(folder)('otp', 'en', {})).toThrow('mail template "otp": en.json has no "hello"');
  });
});

it('every mail and locale in the tree renders', () => {
  const folders = readdirSync(__dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory() && entry.name !== 'partials');
  for (const { name } of folders) {
    for (const file of readdirSync(join(__dirname, name)).filter((entry) => entry.endsWith('.json'))) {
      const data = new Proxy<Record<string, string>>({ ...ada, at: ada.expire }, {
        get: (known, field: string) => known[field] ?? 'x',
        getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true, value: 'x' }),
      });
      expect(render(name, file.replace('.json', ''), data).subject).not.toBe('');
    }
  }
});
