import { verificationOperations as op } from '../../src/modules/verification';
import type { Person } from '../support/person';
import { everyWay } from '../support/ways';

const projects = [{ id: 'default', platforms: ['ok.com', '*.sub.example', 'localhost'], schemes: ['myapp'] }];

/** Each leads, or may lead in some browser, to a place that is not the app's. */
const REFUSED = [
  'https://evil.com',
  'http://evil.com/ok.com',
  '//evil.com',
  '//ok.com',
  'https:/\\evil.com',
  'https:\\\\evil.com',
  'https:/ok.com',
  'https:ok.com',
  'https://ok.com@evil.com',
  'https://ok.com:pass@evil.com/',
  'https://user@ok.com/',
  'https://user:pass@ok.com/',
  'https://ok.com.evil.com',
  'https://evilok.com',
  'https://evil.com/#ok.com',
  'https://evil.com#@ok.com',
  'https://evil.com?@ok.com',
  'https://evil.com\\@ok.com',
  'https://evil.com\\.ok.com',
  'https://ok.com\\.evil.com',
  'https://ok.com%2eevil.com',
  'https://ok.com%00.evil.com',
  'https://ok.com%0d%0a.evil.com',
  'https://ok.com\t.evil.com',
  'https://ok.com\r\n.evil.com',
  ' https://ok.com',
  'https://ok.com ',
  'ht\ntps://ok.com',
  'https://ok。com',
  'https://ok．com',
  'https://оk.com', // Cyrillic о
  'https://xn--k-jbd.com',
  'https://ⓞⓚ.com',
  'https://sub.example',
  'https://evilsub.example',
  'https://a.sub.example.evil.com',
  'javascript:alert(1)',
  'javascript://ok.com/%0aalert(1)',
  'JaVaScRiPt://ok.com/%0aalert(1)',
  'vbscript://ok.com',
  'data:text/html,<script>alert(1)</script>',
  'data://ok.com/text/html',
  'blob:https://ok.com/1',
  'file:///etc/passwd',
  'file://ok.com/etc/passwd',
  'ftp://ok.com/',
  'mailto:eve@evil.com',
  'otherapp://open',
  'myapp:open',
  'https://',
  'https:///ok.com',
  'https://ok.com/"onclick=',
  'https://ok.com/<script>',
  '/verify',
  'ok.com',
  '?ok.com',
  'null',
];

const ACCEPTED = ['https://ok.com', 'http://ok.com/', 'https://OK.com/verify?a=1#b', 'https://ok.com:8443/', 'https://a.sub.example/', 'https://a.b.sub.example/', 'http://localhost:3000/', 'http://127.0.0.1:3000/', 'http://[::1]:3000/', 'myapp://verify', 'MyApp://verify?a=1', 'exp://192.168.0.2:8081', 'appwrite-callback-default://verify'];

everyWay(
  'links in mails',
  (way) => {
    let ada: Person;
    beforeAll(async () => {
      ada = await way.member();
    });

    it.each(REFUSED)('never lead to %j', async (url) => {
      expect(await ada.call(op.createEmailVerification, { url })).toMatchObject({ status: 400, type: 'general_argument_invalid' });
    });

    it.each(ACCEPTED)('may lead to %s', async (url) => {
      expect((await ada.call(op.createEmailVerification, { url })).status).toBe(201);
    });

    it('sent nothing for what was refused', async () => {
      await way.app.inbox.newest(ada.email, ACCEPTED.length);
      const mails = await way.app.inbox.all(ada.email);
      expect(mails).toHaveLength(ACCEPTED.length);
      expect(mails.filter(({ text }) => /evil/.test(text))).toEqual([]);
    });

    it('are built from no header of the request', async () => {
      const bob = await way.member();
      await bob.must(op.createEmailVerification, { url: 'https://ok.com/' }, { 'X-Forwarded-Host': 'evil.com', 'X-Forwarded-Proto': 'https', Forwarded: 'host=evil.com', 'X-Original-URL': 'https://evil.com' });
      const { text, html, from } = await way.app.inbox.newest(bob.email);
      expect(text + html + from).not.toContain('evil');
    });
  },
  { projects: { projects }, env: { RATE_LIMITS: 'off' } },
);
