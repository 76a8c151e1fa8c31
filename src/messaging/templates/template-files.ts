import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { MESSAGES } from '../../contract/messages';
import type { Strings } from './wording';

/** The folders of mails; what is not promised anywhere is never sent. */
export const MAILS: readonly string[] = Object.values(MESSAGES).flatMap(({ channel, template }) => (channel === 'mail' ? [template] : []));

export const OURS: readonly string[] = [__dirname];

/** Where to look, best first. */
export function foldersOf(overrides?: string): readonly string[] {
  return overrides === undefined ? OURS : [overrides, ...OURS];
}

/** The first folder's that has it. */
export function read(folders: readonly string[], file: string): string {
  const path = locate(folders, file);
  if (!path) throw new Error(`template file "${file}" does not exist`);
  return readFileSync(path, 'utf8');
}

/** The shared pieces of shapes, by name. */
export function readPartials(folders: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    list(folders, 'partials', '.html.hbs').map((path) => [basename(path, '.html.hbs'), readFileSync(path, 'utf8')]),
  );
}

/** The words of a mail, or of SMS, by locale; an operator's replace ours one by one. */
export function readStrings(folders: readonly string[], name: string): Map<string, Strings> {
  const strings = new Map<string, Strings>();
  for (const path of list(folders, name, '.json')) {
    const locale = basename(path, '.json').toLowerCase();
    if (locale !== SENDER) strings.set(locale, { ...strings.get(locale), ...(JSON.parse(readFileSync(path, 'utf8')) as Strings) });
  }
  return strings;
}

/** The one JSON file beside the words that holds none. */
const SENDER = 'sender';

export interface Sender {
  /** `Name <address>` or an address, as the next. */
  from?: string;
  replyTo?: string;
}

/** Who an operator lets this mail come from; ours say nothing. */
export function readSender(folders: readonly string[], name: string): Sender {
  const path = locate(folders, `${name}/${SENDER}.json`);
  return path ? (JSON.parse(readFileSync(path, 'utf8')) as Sender) : {};
}

function locate(folders: readonly string[], file: string): string | undefined {
  return folders.map((folder) => join(folder, file)).find((path) => existsSync(path));
}

/** Ours first, so that what follows replaces it. */
function list(folders: readonly string[], sub: string, ending: string): string[] {
  return [...folders].reverse().flatMap((folder) => {
    const path = join(folder, sub);
    return existsSync(path)
      ? readdirSync(path)
          .filter((file) => file.endsWith(ending) && !file.startsWith('.'))
          .map((file) => join(path, file))
      : [];
  });
}
