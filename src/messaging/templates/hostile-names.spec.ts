import fc from 'fast-check';
import { decoded, LINK, TOLD, visible } from '../../../test/support/messages';
import { oneLine } from './fields';
import { render } from './render';
import { smsText } from './sms';
import { MAILS } from './template-files';

const NASTY = ['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "' onmouseover='x", '{{redirect}}', '{{{t.subject}}}', '{{#each this}}', '&lt;b&gt;', '\r\nBcc: eve@evil.example', '\u202egnp.exe', '\u2066', '\u2069', '</bdi>', '<!--', ']]>', '=', '`', '\u0000', '$&', "$'", '٣', 'עדה', '😀', '\ud800'];
const name = fc.array(fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'binary', maxLength: 8 })), { minLength: 1, maxLength: 5 }).map((parts) => parts.join(''));
/** Everything that somebody out there chooses; links, codes and dates are our own. */
const CHOSEN = ['user', 'project', 'phrase', 'agentDevice', 'agentClient', 'agentOs', 'device', 'country'];

/** Tags and attributes are those of a mail about nobody in particular. */
const skeleton = (html: string) => [...html.matchAll(/<[^>]*>/g)].map(([tag]) => tag.replace(/aria-label="[^"]*"/, '')).join('\n');

describe.each(MAILS)('whatever people call themselves, the %s mail', (template) => {
  const told = TOLD[template];
  const chosen = Object.keys(told).filter((field) => CHOSEN.includes(field));

  it.each(['en', 'ar'])('in %s stays what it is', (locale) => {
    const plain = skeleton(render(template, locale, told).html);
    fc.assert(
      fc.property(fc.tuple(...chosen.map(() => name)), (names) => {
        const values = names.map((each) => `x${each}x`.replaceAll('://', ':'));
        fc.pre(values.every((value) => !/www\./i.test(value)));
        const mail = render(template, locale, { ...told, ...Object.fromEntries(chosen.map((field, index) => [field, values[index]])) });
        expect(skeleton(mail.html)).toBe(plain);
        // Said as it is written: escaped once, and nothing in it obeyed.
        const user = oneLine(values[chosen.indexOf('user')]);
        expect(visible(mail.html)).toContain(user);
        expect(mail.text).toContain(user);
        expect(mail.subject).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
        expect(mail.text).not.toMatch(/[\r\u202a-\u202e\u2066-\u2069]/);
        expect(mail.text.split('\n').length).toBe(render(template, locale, told).text.split('\n').length);
        if (told.redirect) expect(decoded(mail.html).split(`href="${LINK}"`)).toHaveLength(3);
      }),
      { numRuns: 60 },
    );
  });
});

it('a name is isolated from the sentence around it, whichever way either runs', () => {
  expect(render('verification', 'ar', TOLD.verification).html).toContain('مرحبًا <bdi>Ada Lovelace</bdi>،');
  expect(render('verification', 'en', { ...TOLD.verification, user: 'עדה' }).html).toContain('Hello <bdi>עדה</bdi>,');
});

it('an SMS stays one line that begins with the code, whatever the project is called', () => {
  fc.assert(
    fc.property(name, (project) => {
      const text = smsText('smsLogin', 'en', { otp: '274381', project });
      expect(text).toMatch(/^274381 is your code for [^\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]*\. It is valid for 15 minutes; do not share it\.$/u);
    }),
  );
});
