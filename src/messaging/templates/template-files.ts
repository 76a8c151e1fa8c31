import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** The shared pieces of shapes, by name. */
export function readPartials(folders: string[]): Record<string, string> {
  return Object.fromEntries(
    list(folders, 'partials', '.html.hbs').map((path) => [basename(path, '.html.hbs'), readFileSync(path, 'utf8')]),
  );
}

/** A mail's words by locale; an operator's replace ours one by one. */
export function readStrings(folders: string[], name: string): Map<string, Record<string, string>> {
  const strings = new Map<string, Record<string, string>>();
  for (const path of list(folders, name, '.json')) {
    const locale = basename(path, '.json').toLowerCase();
    strings.set(locale, { ...strings.get(locale), ...(JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>) });
  }
  return strings;
}

/** Ours first, so that what follows replaces it. */
function list(folders: string[], sub: string, ending: string): string[] {
  return [...folders].reverse().flatMap((folder) => {
    const path = join(folder, sub);
    return existsSync(path)
      ? readdirSync(path)
          .filter((file) => file.endsWith(ending))
          .map((file) => join(path, file))
      : [];
  });
}

/** The first folder's that has it. */
export function find(folders: string[], file: string): string | undefined {
  return folders.map((folder) => join(folder, file)).find((path) => existsSync(path));
}
