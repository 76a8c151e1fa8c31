import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { LINK, TOLD } from '../../../../test/support/messages';
import { renderer } from '../render';
import { templateFaults } from './template-faults';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'templates-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function put(files: Record<string, unknown>): void {
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), typeof content === 'string' ? content : JSON.stringify(content));
  }
}
const faults = (files: Record<string, unknown>) => {
  put(files);
  return templateFaults(folder);
};

describe('a folder of templates is in order', () => {
  it('when it is empty', () => {
    expect(faults({})).toEqual([]);
  });

  it('with files of every kind, and applies', () => {
    expect(
      faults({
        'layout.html.hbs': '<html lang="{{lang}}" dir="{{dir}}"><title>{{subject}}</title><p>{{preview}}</p><b>{{project}}</b>{{{body}}}</html>',
        'partials/button.html.hbs': '<a href="{{href}}">{{label}}</a>',
        'partials/stamp.html.hbs': '<i>{{project}} {{t.stamp}}</i>',
        'verification/html.hbs': '{{> stamp}}<p>{{t.greeting}}</p>{{> button href=(link redirect) label=t.button}}',
        'verification/text.hbs': '{{t.stamp}} {{#unless user}}you{{/unless}} {{redirect}}',
        'verification/en.json': { stamp: 'since {{date expire}}' },
        'verification/sv.json': { subject: 'Bekräfta', stamp: 'sedan' },
        'verification/sender.json': { from: 'Shop <hello@shop.example>', replyTo: 'help@shop.example' },
        'email-otp/pt-BR.json': { subject: '{{otp}} para {{project}}' },
        'sms/de.json': { smsLogin: '{{otp}} für {{project}}' },
        '.git/config': 'whatever',
        'verification/.html.hbs.swp': 'whatever',
      }),
    ).toEqual([]);

    const mail = renderer(folder)('verification', 'sv', TOLD.verification);
    expect(mail).toMatchObject({ subject: 'Bekräfta', from: 'Shop <hello@shop.example>', replyTo: 'help@shop.example' });
    expect(mail.html).toContain('<b>Shop</b><i>Shop sedan</i><p>Hello <bdi>Ada Lovelace</bdi>,</p>');
    expect(mail.text).toContain(LINK);
    expect(renderer(folder)('recovery', 'en', TOLD.recovery)).not.toHaveProperty('from');
    expect(renderer(folder)('email-otp', 'pt', TOLD['email-otp']).subject).toBe('274381 para Shop');
  });
});

describe('a fault is told with its file:', () => {
  it('a folder that is not there, or none', () => {
    expect(templateFaults(join(folder, 'nowhere'))).toEqual([`${join(folder, 'nowhere')}: cannot be read (ENOENT)`]);
  });

  // A link into nothing, since the administrator, as whom tests may run, reads whatever is there.
  it('a file that cannot be read', () => {
    mkdirSync(join(folder, 'verification'), { recursive: true });
    symlinkSync(join(folder, 'nowhere'), join(folder, 'verification/de.json'));
    expect(templateFaults(folder)).toEqual(['verification/de.json: cannot be read (ENOENT)']);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['a folder with a slip', { 'verificaton/en.json': {} }, 'verificaton: is no folder of templates; known are verification, recovery, magic-url, email-otp, mfa-challenge, session-alert, sms, partials'],
    ['a file with a slip', { 'recovery/htm.hbs': '' }, 'recovery/htm.hbs: is no file of templates; known are html.hbs, text.hbs, sender.json and <locale>.json'],
    ['a layout with a slip', { 'layout.hbs': '' }, 'layout.hbs: is no file of templates; known are layout.html.hbs and the folders verification'],
    ['a folder within', { 'recovery/de/en.json': {} }, 'recovery/de: is no folder of templates'],
    ['a piece with a slip', { 'partials/buton.html.hbs': '' }, 'partials/buton.html.hbs: is used by no shape; ours are aside, button, closing, code, opening, paragraph'],
    ['a locale with a slip', { 'recovery/englsh.json': {} }, 'recovery/englsh.json: is named after no known locale'],
    ['a locale spelt as nobody asks for it', { 'recovery/pt_BR.json': {} }, 'recovery/pt_BR.json: has to be called pt-br.json'],
    ['a locale of old', { 'sms/iw.json': {} }, 'sms/iw.json: has to be called he.json'],
    ['what is no JSON', { 'recovery/de.json': '{' }, 'recovery/de.json: is not JSON: '],
    ['JSON of another shape', { 'recovery/de.json': [] }, 'recovery/de.json: is not a JSON object'],
    ['a string that nobody says', { 'recovery/de.json': { titel: 'x' } }, 'recovery/de.json: "titel" is no string of this template; known are subject, preview, title'],
    ['a string that is none', { 'recovery/de.json': { title: 1 } }, 'recovery/de.json: "title" is not a text'],
    ['a string that does not close', { 'recovery/de.json': { title: 'x {{user' } }, 'recovery/de.json: "title" is no Handlebars template: Parse error on line 1'],
    ['a field in a string', { 'recovery/de.json': { title: '{{nmae}}' } }, 'recovery/de.json: "title" mentions "nmae", which is no field of it; known are '],
    ['another mail’s field', { 'recovery/de.json': { title: '{{otp}}' } }, 'recovery/de.json: "title" mentions "otp"'],
    ['a helper in a string', { 'recovery/de.json': { title: '{{upper user}}' } }, 'recovery/de.json: "title" is no Handlebars template: You specified knownHelpersOnly, but used the unknown helper upper'],
    ['a raw string', { 'recovery/de.json': { title: '{{{user}}}' } }, 'recovery/de.json: "title" prints {{{user}}} without escaping it; write {{user}}'],
    ['an empty subject', { 'recovery/de.json': { subject: ' ' } }, 'recovery/de.json: "subject" is empty'],
    ['a subject that may come out empty', { 'recovery/de.json': { subject: '{{#if user}}x{{/if}}' } }, 'recovery/de.json: "subject" comes out empty'],
    ['a date that is none', { 'recovery/de.json': { title: '{{date user}}' } }, 'recovery: cannot be written in de: '],
    ['a shape that does not close', { 'recovery/html.hbs': '<p>{{#if user}}</p>' }, 'recovery/html.hbs: is no Handlebars template: Parse error on line 1'],
    ['a raw shape', { 'recovery/html.hbs': '{{&user}}{{link redirect}}' }, 'recovery/html.hbs: prints {{{user}}} without escaping it; write {{user}}'],
    ['a field in a shape', { 'recovery/html.hbs': '{{reset}}{{link redirect}}' }, 'recovery/html.hbs: mentions "reset", which is no field here; known are '],
    ['a word in a shape', { 'recovery/text.hbs': '{{t.bdoy}}{{redirect}}' }, 'recovery/text.hbs: says {{t.bdoy}}, which en.json does not have'],
    ['a piece in a shape', { 'recovery/html.hbs': '{{> buton}}{{redirect}}' }, 'recovery/html.hbs: uses {{> buton}}, which does not exist'],
    ['a piece in a text', { 'recovery/text.hbs': '{{> button}}{{redirect}}' }, 'recovery/text.hbs: uses {{> button}}, which only HTML can'],
    ['HTML without its link', { 'recovery/html.hbs': '<p>{{t.body}}</p><!-- {{redirect}} -->' }, 'recovery/html.hbs: does not print its link; write {{link redirect}}'],
    ['a link for the named only', { 'recovery/text.hbs': '{{#if user}}{{redirect}}{{/if}}' }, 'recovery/text.hbs: does not print its link; write {{link redirect}}'],
    ['a text without its code', { 'email-otp/text.hbs': '{{t.body}}' }, 'email-otp/text.hbs: does not print its code; write {{otp}}'],
    ['a piece that loses the code', { 'partials/code.html.hbs': '<b></b>' }, 'partials/code.html.hbs: does not print its code; write {{otp}}'],
    ['a field in a piece', { 'partials/code.html.hbs': '{{code}}{{colour}}' }, 'partials/code.html.hbs: mentions "colour", which neither the mail nor its shape gives'],
    ['a raw piece', { 'partials/code.html.hbs': '{{{code}}}' }, 'partials/code.html.hbs: prints {{{code}}} without escaping it'],
    ['a layout without the mail', { 'layout.html.hbs': '<html>{{subject}}</html>' }, 'layout.html.hbs: does not print the mail; write {{body}}'],
    ['a field in a layout', { 'layout.html.hbs': '{{body}}{{logo}}' }, 'layout.html.hbs: mentions "logo", which is no field here; known are subject, preview, body, project, user'],
    ['a word in a layout', { 'layout.html.hbs': '{{body}}{{t.title}}' }, 'layout.html.hbs: says {{t.title}}, but a layout has no words of its own'],
    ['a sender that is none', { 'recovery/sender.json': { from: 'Shop' } }, 'recovery/sender.json: "from" is not "Name <address>" or an address'],
    ['two senders', { 'recovery/sender.json': { replyTo: 'a@b.example, c@d.example' } }, 'recovery/sender.json: "replyTo" is not "Name <address>" or an address'],
    ['a field of a sender', { 'recovery/sender.json': { reply_to: 'a@b.example' } }, 'recovery/sender.json: "reply_to" is not known here; known are from, replyTo'],
    ['an SMS without its code', { 'sms/de.json': { smsLogin: 'Hallo {{project}}' } }, 'sms/de.json: "smsLogin" does not print its code; write {{otp}}'],
    ['an SMS nobody sends', { 'sms/de.json': { login: '{{otp}}' } }, 'sms/de.json: "login" is no string of this template; known are smsLogin, smsVerification, smsMfaChallenge'],
    ['a field of an SMS', { 'sms/de.json': { smsLogin: '{{otp}} {{user}}' } }, 'sms/de.json: "smsLogin" mentions "user", which is no field of it; known are otp, project'],
  ])('%s', (_, files, fault) => {
    const told = faults(files);
    expect(told.map((each) => each.slice(0, fault.length))).toEqual([fault]);
  });

  it('all of them at once, each once', () => {
    const told = faults({
      'verificaton/en.json': {},
      'recovery/de.json': { titel: 'x', subject: '' },
      'recovery/sender.json': { from: '' },
      'magic-url/text.hbs': 'Hello',
      'email-otp/html.hbs': '{{#if}',
      'sms/de.json': '',
    });
    expect(told.map((each) => each.split(':')[0])).toEqual(['verificaton', 'email-otp/html.hbs', 'recovery/de.json', 'recovery/de.json', 'recovery/sender.json', 'sms/de.json', 'magic-url/text.hbs']);
  });
});
