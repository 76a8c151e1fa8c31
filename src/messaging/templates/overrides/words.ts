import { Mentions } from '../mentions';
import type { OwnFile } from './own-files';
import { sourceFaults } from './sources';

interface Known {
  keys: readonly string[];
  fields: readonly string[];
}

/** What is wrong with a file of words. */
export function wordFaults({ name, content }: OwnFile, { keys, fields }: Known): string[] {
  const misnamed = localeFault(name);
  if (misnamed) return [misnamed];
  const read = readObject(content);
  if (typeof read === 'string') return [read];
  return Object.entries(read).flatMap(([key, source]) => {
    if (!keys.includes(key)) return [`"${key}" is no string of this template; known are ${keys.join(', ')}`];
    if (typeof source !== 'string') return [`"${key}" is not a text`];
    if (key === 'subject' && source.trim() === '') return ['"subject" is empty'];
    const faults = sourceFaults(source, 'text');
    const strangers = faults.length ? [] : [...Mentions.of([source]).fields().keys()].filter((field) => !fields.includes(field));
    return [
      ...faults.map((fault) => `"${key}" ${fault}`),
      ...strangers.map((field) => `"${key}" mentions "${field}", which is no field of it; known are ${fields.join(', ')}`),
    ];
  });
}

/** @returns the fault as a text */
export function readObject(content: string): Record<string, unknown> | string {
  try {
    const read = JSON.parse(content) as unknown;
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? (read as Record<string, unknown>) : 'is not a JSON object';
  } catch (error) {
    return `is not JSON: ${(error as Error).message}`;
  }
}

/** A file that no reader's locale leads to would never be used. */
function localeFault(name: string): string | undefined {
  let canonical: string | undefined;
  try {
    canonical = Intl.getCanonicalLocales(name.replaceAll('_', '-'))[0].toLowerCase();
  } catch {
    // Not even shaped like one.
  }
  if (!canonical || !new Intl.DisplayNames('en', { type: 'language', fallback: 'none' }).of(canonical.split('-')[0])) return 'is named after no known locale';
  return canonical === name.toLowerCase() ? undefined : `has to be called ${canonical}.json`;
}
