import type { Fields } from '../fields';
import { SMS, texter } from '../sms';
import { Template } from '../template';
import { foldersOf } from '../template-files';
import type { OwnFile } from './own-files';
import { reason } from './sources';

const LINK = 'https://app.example/open?userId=ada&secret=5f2b';
const CODE = '274381';
const MOMENT = '2026-11-29T05:40:41.000+00:00';

/** Without these a mail is of no use, whatever else it says. */
const NEEDED: Record<string, [value: string, fault: string]> = {
  redirect: [LINK, 'does not print its link; write {{link redirect}}'],
  otp: [CODE, 'does not print its code; write {{otp}}'],
};

/** Writes a mail, with all that is optional and without, in each language touched; and looks whether it would do. */
export function mailTrialFaults(folder: string, mail: string, own: readonly OwnFile[]): string[] {
  let template: Template;
  try {
    template = new Template(mail, foldersOf(folder));
  } catch (error) {
    return [`${mail}: cannot be read: ${reason(error)}`];
  }
  const { fields } = template;
  const needed = Object.entries(NEEDED).filter(([field]) => fields.has(field));
  const locales = ['en', ...own.filter(({ role, template }) => role === 'words' && template === mail).map(({ name }) => name.toLowerCase())];
  return locales.flatMap((locale) =>
    [sample(fields, true), sample(fields, false)].flatMap((data) => {
      try {
        const { subject, text } = template.render(locale, data);
        const read = { html: decoded(template.body(locale, data)), text };
        return [
          ...(subject === '' ? [`${mail}/${locale}.json: "subject" comes out empty`] : []),
          ...needed.flatMap(([, [value, fault]]) => (['html', 'text'] as const).filter((part) => !read[part].includes(value)).map((part) => `${culprit(mail, part, own)}: ${fault}`)),
        ];
      } catch (error) {
        return [`${mail}: cannot be written in ${locale}: ${reason(error)}`];
      }
    }),
  );
}

export function smsTrialFaults(folder: string, own: readonly OwnFile[]): string[] {
  const say = texter(folder);
  return own
    .filter(({ role }) => role === 'sms')
    .flatMap(({ path, name: locale }) => SMS.filter((name) => !say(name, locale, { otp: CODE, project: 'Shop' }).includes(CODE)).map((name) => `${path}: "${name}" ${NEEDED.otp[1]}`));
}

function sample(fields: Fields, whole: boolean): Record<string, string> {
  return Object.fromEntries(
    fields.names.map((name) => {
      if (!whole && fields.mayBeEmpty(name)) return [name, ''];
      if (Object.hasOwn(NEEDED, name)) return [name, NEEDED[name][0]];
      return [name, fields.kind(name) === 'date' ? MOMENT : 'Ada'];
    }),
  );
}

/** What a reader's mail program makes of it. */
function decoded(html: string): string {
  return html.replace(/<!--.*?-->/gs, '').replaceAll('&#x3D;', '=').replaceAll('&amp;', '&');
}

/** The operator's file that can have lost it. */
function culprit(mail: string, part: 'html' | 'text', own: readonly OwnFile[]): string {
  const shape = `${mail}/${part}.hbs`;
  if (own.some(({ path }) => path === shape)) return shape;
  return own.filter(({ role }) => role === 'partial' || role === 'layout').map(({ path }) => path).join(', ') || shape;
}
