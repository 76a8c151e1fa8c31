import { decoded, LINK, TOLD, visible } from '../../../test/support/messages';
import { render } from './render';

const ada = TOLD.verification;

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
    for (const part of [visible(mail.html), mail.text]) {
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
    expect(mail.html).toContain(`Hello <bdi>${escaped}</bdi>,`);
    expect(mail.html).toContain(`the <bdi>${escaped}</bdi> team`);
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
    const { [field]: _, ...rest } = ada;
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

  it.each(['nothing', '../verification', 'verification/../verification', '', 'partials', 'sms'])('from template %j', (name) => {
    expect(() => render(name, 'en', ada)).toThrow(`mail template "${name}": does not exist`);
  });
});
