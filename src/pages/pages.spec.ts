import { confirmedPage, confirmPage } from './confirm.page';
import { demoHeaders, demoPage } from './demo/demo.page';
import { escape, html } from './html';
import { magicUrlPage, signedInPage } from './magic-url.page';
import { mailboxHeaders, mailboxPage, type MailboxMessage, previewHeaders, previewPage } from './mailbox.page';
import { outcomePage } from './outcome.page';
import { newNonce, page, pageHeaders } from './page';

const nonce = 'bm9uY2Vub25jZW5vbmNlMQ==';
const message: MailboxMessage = {
  id: 'm1',
  channel: 'email',
  to: 'ada@example.com',
  from: 'Shop <no-reply@shop.example>',
  subject: 'Account Verification',
  text: 'Open https://app.example/confirm?userId=ada&secret=s3cret&expire=1.',
  html: '<!doctype html><html><head><title>x</title></head><body>Hello</body></html>',
  sentAt: '2026-11-22T05:40:41.000+00:00',
};

const policyOf = (headers: Record<string, string>) =>
  Object.fromEntries(headers['Content-Security-Policy'].split('; ').map((directive) => [directive.split(' ')[0], directive.slice(directive.indexOf(' ') + 1)]));
const anchors = (document: string) => [...document.matchAll(/<a [^>]*href="([^"]*)"/g)].map(([, href]) => href.replaceAll('&#38;', '&').replaceAll('&#39;', "'"));

const ATTACKS = ['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "' autofocus onfocus='alert(1)", '</pre></details><h1>hi', '</style><script>', '`${1}`', '&lt;b&gt;'];

/** Every tag of a document; what was inserted and is not among them was escaped. */
const tags = (document: string) => [...document.matchAll(/<[!/a-z][^>]*>/gi)].map(([tag]) => tag);

describe('html', () => {
  it('escapes what is inserted, and only once', () => {
    expect(String(html`<p title="${'"\'`<>&'}">${html`<b>${'<i>'}</b>`}${['a', html`<br>`, ['&']]}${false}${undefined}${0}</p>`)).toBe(
      '<p title="&#34;&#39;&#96;&#60;&#62;&#38;"><b>&#60;i&#62;</b>a<br>&#38;0</p>',
    );
    expect(escape('<&amp;>')).toBe('&#60;&#38;amp;&#62;');
  });
});

describe('a page', () => {
  const document = page({ title: 'A & B', body: html`<main>hi</main>`, nonce });

  it('is complete and styles itself under its nonce', () => {
    expect(document).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(document).toContain('<title>A &#38; B · Latchkey</title>');
    expect(document).toContain(`<style nonce="${nonce}">`);
    expect(document).toContain('@media (prefers-color-scheme: dark)');
    expect(document).toContain(':focus-visible');
  });

  it('fetches nothing and runs nothing, so its policy can refuse both', () => {
    for (const each of [document, mailboxPage([message], nonce), confirmPage({ userId: 'a', secret: 'b', project: { id: 'c', name: 'C' }, nonce }), confirmedPage(nonce), magicUrlPage({ userId: 'a', secret: 'b', project: { id: 'c', name: 'C' }, nonce }), signedInPage(nonce)]) {
      expect(each).not.toMatch(/<script|<img|\son[a-z]+=|\sstyle=|url\(|@import|javascript:/i);
      expect(each.match(/<style/g)).toHaveLength(1);
      expect(each.match(/<main/g)).toHaveLength(1);
      expect(each.match(/<h1/g) ?? []).toHaveLength(each === document ? 0 : 1);
    }
  });

  it('comes with strict headers', () => {
    expect(pageHeaders(nonce)).toEqual({
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': `default-src 'none'; style-src 'nonce-${nonce}'; img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'private, no-store',
      'X-Content-Type-Options': 'nosniff',
    });
  });

  it('has a nonce nobody can guess or break out of', () => {
    expect(newNonce()).not.toBe(newNonce());
    expect(() => pageHeaders(newNonce())).not.toThrow();
    for (const bad of ['', 'short', "x'; script-src *", 'aaaaaaaaaaaaaaaaaaaa\r\n', '"><script>aaaaaaaaaaaa']) {
      expect(() => pageHeaders(bad)).toThrow('nonce');
      expect(() => page({ title: '', body: html``, nonce: bad })).toThrow('nonce');
    }
  });
});

describe('the mailbox', () => {
  it('says what to do while it is empty', () => {
    const document = mailboxPage([], nonce);
    expect(document).toContain('No messages yet');
    expect(document).toContain('createVerification');
    expect(document).not.toContain('<form');
  });

  it('lists newest first, the newest open', () => {
    const at = (id: string, sentAt: string) => ({ ...message, id, subject: `subject ${id}`, sentAt });
    const document = mailboxPage([at('2', '2026-11-22T06:00:00.000+00:00'), at('3', '2026-11-22T08:00:00.000+01:00'), at('1', '2026-11-22T05:59:59.999Z')], nonce);
    expect([...document.matchAll(/class="subject">subject (\d)/g)].map(([, id]) => id)).toEqual(['3', '2', '1']);
    expect(document.match(/<details open>/g)).toHaveLength(1);
    expect(document.indexOf('<details open>')).toBeLessThan(document.indexOf('subject 3'));
  });

  it('shows subject, people and time', () => {
    const document = mailboxPage([message], nonce);
    expect(document).toContain('Account Verification');
    expect(document).toContain('To ada@example.com');
    expect(document).toContain('From Shop &#60;no-reply@shop.example&#62;');
    expect(document).toContain('<time datetime="2026-11-22T05:40:41.000+00:00">22 Nov 2026, 05:40:41 UTC</time>');
  });

  it('makes http and https addresses one click, whole and without the full stop after them', () => {
    expect(anchors(mailboxPage([message], nonce))).toContain('https://app.example/confirm?userId=ada&secret=s3cret&expire=1');
    const several = { ...message, text: 'See (http://a.example/x) and HTTPS://b.example/?q=a+b&c=%2B, or\nhttps://c.example/é' };
    expect(anchors(mailboxPage([several], nonce))).toEqual(['/dev/mailbox', 'http://a.example/x', 'HTTPS://b.example/?q=a+b&c=%2B', 'https://c.example/é']);
  });

  it.each(['javascript:alert(1)', 'JaVaScRiPt://x/%0aalert(1)', 'data:text/html,<script>', 'vbscript:x', 'file:///etc/passwd', 'https://', '//evil.example', 'xhttps://a.example'])(
    '%s stays text',
    (text) => {
      const document = mailboxPage([{ ...message, text }], nonce);
      expect(anchors(document)).toEqual(['/dev/mailbox']);
      expect(document).toContain(escape(text));
    },
  );

  it('an address cannot leave its attribute', () => {
    const document = mailboxPage([{ ...message, text: `https://a.example/"onclick="alert(1) https://a.example/'onclick='x` }], nonce);
    expect(anchors(document)).toEqual(['/dev/mailbox', 'https://a.example/', "https://a.example/'onclick='x"]);
    expect(tags(document).filter((tag) => /\sonclick/.test(tag))).toEqual([]);
  });

  it.each(ATTACKS)('%s is text wherever it stands', (attack) => {
    const clean = mailboxPage([{ ...message, text: '' }], nonce);
    const hostile = mailboxPage([{ ...message, id: attack, to: attack, from: attack, subject: attack, text: attack, sentAt: attack }], nonce);
    const names = (document: string) => tags(document).map((tag) => /^<[!/a-z0-9]+/i.exec(tag)![0]);
    expect(names(hostile)).toEqual(names(clean));
    expect(hostile.split(escape(attack)).length).toBeGreaterThanOrEqual(6);
    expect(hostile).toContain(`src="/dev/mailbox/messages/${escape(encodeURIComponent(attack))}/preview"`);
  });

  it('shows the HTML part only through the sandboxed frame', () => {
    const document = mailboxPage([message], nonce);
    expect(document).toContain('<iframe src="/dev/mailbox/messages/m1/preview"');
    expect(document).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"');
    expect(document).not.toContain('srcdoc');
    expect(policyOf(mailboxHeaders(nonce))).toMatchObject({ 'frame-src': "'self'", 'default-src': "'none'", 'frame-ancestors': "'none'" });
    expect(mailboxPage([{ ...message, channel: 'sms', subject: '', html: '' }], nonce)).not.toContain('<iframe');
  });

  it('can be cleared', () => {
    expect(mailboxPage([message], nonce)).toContain('<form method="post" action="/dev/mailbox/clear">');
  });
});

describe('the preview', () => {
  it('runs nothing, sends nothing and is framed only by us', () => {
    expect(policyOf(previewHeaders())).toEqual({
      'default-src': "'none'",
      'style-src': "'unsafe-inline'",
      'img-src': 'data:',
      'form-action': "'none'",
      'frame-ancestors': "'self'",
      'base-uri': "'none'",
      sandbox: 'allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation',
    });
    expect(previewHeaders()).toMatchObject({ 'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'no-referrer', 'Cache-Control': 'private, no-store' });
  });

  it('opens links outside the frame and leaves the mail as it is', () => {
    expect(previewPage(message)).toBe(message.html.replace('<head>', '<head><base target="_blank">'));
    expect(previewPage({ html: '<p>$&</p>' })).toBe('<base target="_blank"><p>$&</p>');
  });
});

describe('confirming', () => {
  it('asks for one press, which posts what the link brought', () => {
    const document = confirmPage({ userId: 'ada', secret: 's3cret', project: { id: 'shop', name: 'Shop' }, nonce });
    expect(document).toContain('<form method="post" action="/dev/confirm?project=shop">');
    expect([...document.matchAll(/<input type="hidden" name="(\w+)" value="(\w+)">/g)].map(([, name, value]) => [name, value])).toEqual([
      ['userId', 'ada'],
      ['secret', 's3cret'],
    ]);
    expect(document.match(/<button/g)).toHaveLength(1);
    expect(document).toContain('Shop');
  });

  it.each(ATTACKS)('%s is text wherever it stands', (attack) => {
    const confirm = (text: string) => confirmPage({ userId: text, secret: text, project: { id: 'shop', name: text }, nonce });
    expect(tags(confirm(attack)).length).toBe(tags(confirm('x')).length);
    expect(confirm(attack).split(escape(attack))).toHaveLength(4);
  });
});

describe('a magic link’s page', () => {
  it('asks for one press, which posts what the link brought', () => {
    const document = magicUrlPage({ userId: 'ada', secret: 's3cret', project: { id: 'shop', name: 'Shop' }, nonce });
    expect(document).toContain('<form method="post" action="/auth/magic-url?project=shop">');
    expect(document).toContain('<h1>Sign in to Shop</h1>');
    expect(document.match(/<button/g)).toHaveLength(1);
  });

  it.each(ATTACKS)('%s is text wherever it stands', (attack) => {
    const magicUrl = (text: string) => magicUrlPage({ userId: text, secret: text, project: { id: 'shop', name: text }, nonce });
    expect(tags(magicUrl(attack)).length).toBe(tags(magicUrl('x')).length);
    expect(magicUrl(attack).split(escape(attack))).toHaveLength(5);
  });
});

describe('an outcome', () => {
  it('is announced: a success calmly, a failure at once', () => {
    expect(outcomePage({ ok: true, title: 'Done', paragraphs: ['Yours now.'], nonce })).toMatch(/<h1 class="good">Done<.*role="status"><p>Yours now\./s);
    expect(outcomePage({ ok: false, title: 'Not done', paragraphs: ['It has expired.'], nonce })).toMatch(/<h1 class="bad">Not done<.*role="alert"><p>It has expired\./s);
  });

  it.each(ATTACKS)('%s is text wherever it stands', (attack) => {
    const outcome = (text: string) => outcomePage({ ok: false, title: text, paragraphs: [text, text], details: text, nonce });
    expect(tags(outcome(attack)).length).toBe(tags(outcome('x')).length);
    expect(outcome(attack).split(escape(attack))).toHaveLength(6);
  });
});

describe('the demo page', () => {
  const demo = (text: string) => ({
    project: { id: text, name: text },
    projects: [{ id: text, name: text }, { id: 'other', name: text }],
    home: `http://localhost:3000/?project=${encodeURIComponent(text)}`,
    signedIn: false,
    providers: [{ key: 'acme', name: text }, { key: 'github', name: text }],
    landing: { purpose: 'recovery' as const, userId: text, secret: text },
    failure: { message: text, type: text, trace: text },
    nonce,
  });
  const document = demoPage(demo('shop'));

  it('loads its own assets and runs nothing inline', () => {
    expect([...document.matchAll(/(?:src|href)="(\/dev\/demo\/[^"]+)"/g)].map(([, path]) => path)).toEqual(['/dev/demo/demo.css', '/dev/demo/sdk.js', '/dev/demo/qrcode.js', '/dev/demo/demo.js']);
    expect(document).not.toMatch(/<script(?! src)|\son[a-z]+=|\sstyle=|javascript:/i);
    expect(policyOf(demoHeaders(nonce))).toMatchObject({ 'default-src': "'none'", 'script-src': "'self'", 'connect-src': "'self'", 'frame-ancestors': "'none'" });
  });

  it('names every field and has no id twice', () => {
    const ids = [...document.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const labelled = new Set([...document.matchAll(/<label for="([^"]+)"/g)].map(([, id]) => id));
    const fields = [...document.matchAll(/<(?:input|textarea|select) (?!type="(?:hidden|checkbox)")id="([^"]+)"/g)].map(([, id]) => id);
    expect(fields.filter((id) => !labelled.has(id))).toEqual([]);
    expect(fields.length).toBeGreaterThan(20);
  });

  it.each(ATTACKS)('%s is text wherever it stands', (attack) => {
    expect(tags(demoPage(demo(attack))).length).toBe(tags(demoPage(demo('x'))).length);
  });
});
