import Handlebars from 'handlebars';
import { Mentions } from '../mentions';
import { compileOptions } from '../template-engine';

/** What is wrong with a source in itself, before anybody asks what it mentions. */
export function sourceFaults(source: string, part: 'html' | 'text', mayPrintRaw: readonly string[] = []): string[] {
  try {
    Handlebars.precompile(source, compileOptions(part));
  } catch (error) {
    return [`is no Handlebars template: ${reason(error)}`];
  }
  // A user's name is the user's to choose, script and all.
  const raw = [...Mentions.of([source]).unescaped].filter((name) => !mayPrintRaw.includes(name));
  return raw.map((name) => `prints {{{${name}}}} without escaping it; write {{${name}}}`);
}

/** Handlebars draws a picture of the place over several lines; the first and the last tell it. */
export function reason(error: unknown): string {
  const lines = (error as Error).message.split('\n').filter((line) => !/^-*\^$/.test(line));
  return lines.length > 1 ? `${lines[0].replace(/:$/, '')}, near ${lines[1].slice(-60)}` : lines[0];
}
