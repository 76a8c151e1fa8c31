import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { MAILS } from '../template-files';

/** What a file of an operator's folder is for. */
export type Role = 'words' | 'shape' | 'sender' | 'sms' | 'layout' | 'partial';

export interface OwnFile {
  role: Role;
  /** Relative to the folder; faults are told by it. */
  path: string;
  /** The mail it belongs to, `sms`, or nothing. */
  template: string;
  /** Without its ending: a locale, a part, a piece. */
  name: string;
  content: string;
}

const mail = MAILS.join('|');

const PLACES: [Role, RegExp][] = [
  ['layout', /^()layout\.html\.hbs$/],
  ['partial', /^partials()\/[\w-]+\.html\.hbs$/],
  ['sms', /^(sms)\/[^/]+\.json$/],
  ['sender', new RegExp(`^(${mail})/sender\\.json$`)],
  ['words', new RegExp(`^(${mail})/[^/]+\\.json$`)],
  ['shape', new RegExp(`^(${mail})/(html|text)\\.hbs$`)],
];

/** The language a Handlebars file is written in. */
export function partOf({ role, name }: OwnFile): 'html' | 'text' {
  return role === 'shape' && name === 'text' ? 'text' : 'html';
}

const FOLDERS = [...MAILS, 'sms', 'partials'];

/** Every file of the folder in its role; what has none is most likely misspelt. */
export function ownFiles(folder: string): { files: OwnFile[]; faults: string[] } {
  const files: OwnFile[] = [];
  const faults: string[] = [];
  const visit = (path: string): void => {
    const whole = join(folder, path);
    try {
      if (statSync(whole).isDirectory()) {
        if (path !== '' && !FOLDERS.includes(path)) faults.push(`${path}: is no folder of templates; known are ${FOLDERS.join(', ')}`);
        // Names with a dot in front belong to editors, version control and mounted ConfigMaps.
        else for (const each of readdirSync(whole).sort()) if (!each.startsWith('.')) visit(path === '' ? each : `${path}/${each}`);
        return;
      }
      const [role, pattern] = PLACES.find(([, place]) => place.test(path)) ?? [];
      if (role === undefined) faults.push(`${path}: is no file of templates; ${expected(path)}`);
      else files.push({ role, path, template: pattern!.exec(path)![1], name: basename(path).replace(/(\.html)?\.(hbs|json)$/, ''), content: readFileSync(whole, 'utf8') });
    } catch (error) {
      faults.push(`${path || folder}: cannot be read (${(error as NodeJS.ErrnoException).code ?? (error as Error).message})`);
    }
  };
  visit('');
  return { files, faults };
}

function expected(path: string): string {
  if (path.startsWith('partials/')) return 'a piece is called <name>.html.hbs';
  if (path.startsWith('sms/')) return 'words are called <locale>.json';
  if (path.includes('/')) return 'known are html.hbs, text.hbs, sender.json and <locale>.json';
  return `known are layout.html.hbs and the folders ${FOLDERS.join(', ')}`;
}
