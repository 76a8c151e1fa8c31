import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { WrongUsage } from '../exit-code';

export interface RawRow {
  /** Where it begins, from 1. */
  line: number;
  text: string;
}

/** The rows of a file: a JSON array, or one object a line. @throws WrongUsage when the file cannot be read */
export async function* rowsOf(path: string): AsyncGenerator<RawRow> {
  try {
    if ((await firstCharacter(path)) === '[') yield* elements((await readFile(path, 'utf8')).replace(/^\uFEFF/, ''));
    else yield* lines(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw code ? new WrongUsage(`${path} cannot be read: ${message}`) : error;
  }
}

async function firstCharacter(path: string): Promise<string> {
  for await (const { text } of lines(path)) return text[0];
  return '';
}

async function* lines(path: string): AsyncGenerator<RawRow> {
  const file = createReadStream(path, 'utf8');
  try {
    let line = 0;
    for await (const text of createInterface({ input: file, crlfDelay: Infinity })) {
      line += 1;
      const row = text.replace(/^\uFEFF/, '').trim();
      if (row) yield { line, text: row };
    }
  } finally {
    file.destroy();
  }
}

/**
 * The elements of a JSON array as texts, so that a fault is told by its line and spoils its own element only.
 *
 * @throws Error when the array does not end, or something follows it
 */
export function* elements(array: string): Generator<RawRow> {
  let [line, depth, start, startLine, first] = [1, 0, 0, 1, true];
  for (const { 0: token, index } of array.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|[[\]{},\n]/gs)) {
    const outer = depth;
    if (token === '[' || token === '{') depth += 1;
    if (token === ']' || token === '}') depth -= 1;
    const opens = outer === 0 && depth === 1;
    const ends = depth === 0 && outer === 1;
    if (ends || (outer === 1 && token === ',')) {
      const element = array.slice(start, index);
      const text = element.trim();
      // `[]` has no element, `[1,]` an empty one.
      if (text || !ends || !first) yield { line: startLine + newlines(/^\s*/.exec(element)![0]), text };
      first = false;
    }
    if (ends) {
      if (array.slice(index + 1).trim()) throw new Error(`line ${line}: something follows the end of the array`);
      return;
    }
    if (opens || (outer === 1 && token === ',')) [start, startLine] = [index + 1, line];
    line += newlines(token);
  }
  throw new Error(`line ${line}: the array does not end`);
}

function newlines(text: string): number {
  return text.split('\n').length - 1;
}
