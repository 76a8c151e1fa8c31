import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMS, smsText, texter } from './sms';

const LOCALES = readdirSync(join(__dirname, 'sms')).map((file) => file.replace('.json', ''));
const told = { otp: '274381', project: 'Twelve chars' };

/** GSM 03.38's basic alphabet: 160 of its characters fit into one segment, 70 of any others. */
const GSM = /^[@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà]*$/;

describe.each(SMS)('the text of %s', (name) => {
  it.each(LOCALES)('in %s is one line of one segment with the code first', (locale) => {
    const text = smsText(name, locale, told);
    expect(text).toMatch(/^274381\b.*Twelve chars.*[.।。]$/u);
    expect(text.length).toBeLessThanOrEqual(GSM.test(text) ? 160 : 70);
  });

  it('follows the reader’s locale as mails do', () => {
    expect(smsText(name, 'pt-PT', told)).toBe(smsText(name, 'pt-br', told));
    expect(smsText(name, 'zh-HK', told)).toBe(smsText(name, 'zh-tw', told));
    expect(smsText(name, 'nb', told)).toBe(smsText(name, 'en', told));
  });
});

it('says in English what it always said', () => {
  expect(smsText('smsLogin', 'en', told)).toBe('274381 is your code for Twelve chars. It is valid for 15 minutes; do not share it.');
});

it('cuts a long name, at a whole character', () => {
  const named = (project: string) => /code for (.*)\. It is valid/.exec(smsText('smsLogin', 'en', { otp: '1', project }))![1];
  expect(named('x'.repeat(40))).toBe('x'.repeat(30));
  expect(named(`${'x'.repeat(29)}👩‍👩‍👧 and more`)).toBe(`${'x'.repeat(29)}👩‍👩‍👧`);
  expect(named('A\n\tB\u202e C')).toBe('A B C');
  expect(named('<b>&{{otp}}')).toBe('<b>&{{otp}}');
});

it('takes an operator’s words where there are some', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sms-'));
  mkdirSync(join(folder, 'sms'));
  writeFileSync(join(folder, 'sms', 'de.json'), JSON.stringify({ smsLogin: '{{otp}} bringt Sie hinein.' }));
  const say = texter(folder);
  expect(say('smsLogin', 'de-CH', told)).toBe('274381 bringt Sie hinein.');
  expect(say('smsVerification', 'de-CH', told)).toBe(smsText('smsVerification', 'de', told));
  rmSync(folder, { recursive: true });
});
