import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CODE, TOLD } from '../../../test/support/messages';
import { fallbacks } from './locales';
import { templateFaults } from './overrides/template-faults';
import { renderer } from './render';
import { SMS, SMS_FIELDS, texter } from './sms';
import { fieldsOf } from './template';
import { MAILS, OURS, readStrings } from './template-files';

const page = readFileSync(join(__dirname, '../../../docs/messages.md'), 'utf8');

describe('docs/messages.md', () => {
  it('lists the mails, their subjects and their fields', () => {
    const rows = [...page.matchAll(/^\| `([\w-]+)` \| (.*?) \| (.*?) \|$/gm)].map(([, mail, subject, fields]) => ({ mail, subject, fields: fields.split(', ').sort() }));
    expect(rows).toEqual(
      MAILS.map((mail) => {
        const fields = fieldsOf(mail);
        return { mail, subject: readStrings(OURS, mail).get('en')!.subject, fields: fields.names.map((name) => (fields.mayBeEmpty(name) ? `*${name}*` : name)).sort() };
      }),
    );
    for (const name of [...SMS, ...SMS_FIELDS]) expect(page).toContain(`\`${name}\``);
  });

  it('lists the languages', () => {
    const [, listed] = /We have (.*?);/.exec(page)!;
    const files = readdirSync(join(__dirname, 'sms')).map((file) => file.replace('.json', ''));
    expect(listed.replaceAll('`', '').split(', ').sort()).toEqual(files.sort());
  });

  it('says who reads what', () => {
    const [, sentence] = /So (`de-at`.*?)\.\n/.exec(page)!;
    for (const clause of sentence.split('; ')) {
      const locales = [...clause.matchAll(/`([\w-]+)`/g)].map(([, locale]) => locale);
      const read = locales.pop()!;
      for (const locale of locales) expect(fallbacks(locale).find((code) => readStrings(OURS, 'sms').has(code))).toBe(read);
    }
  });

  it('has an example that works as it stands', () => {
    const folder = mkdtempSync(join(tmpdir(), 'templates-'));
    for (const [, path, content] of page.matchAll(/cat > (\S+) <<'END'\n(.*?)\nEND/gs)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    const shop = join(folder, 'templates/shop');
    expect(templateFaults(shop)).toEqual([]);
    const mail = renderer(shop)('verification', 'en', TOLD.verification);
    expect(mail).toMatchObject({ subject: 'Welcome to Shop', from: 'Shop <welcome@shop.example>' });
    expect(mail.html).toContain('background-color: #b3261e');
    expect(texter(shop)('smsLogin', 'en', { otp: CODE, project: 'Shop' })).toBe('274381 opens Shop. Keep it to yourself.');
    rmSync(folder, { recursive: true });
  });
});
