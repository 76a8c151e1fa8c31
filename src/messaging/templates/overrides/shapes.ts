import { Mentions } from '../mentions';
import { fieldsOf } from '../template';
import { OURS, read, readPartials, readStrings } from '../template-files';
import { type OwnFile, partOf } from './own-files';
import { readObject } from './words';

/** What a layout may print; lang, dir and start are there as everywhere. */
const LAYOUT_FIELDS = ['subject', 'preview', 'body', 'project', 'user'];

/** What the layout asks for that it is not given, or forgets. */
export function layoutFaults({ path, content }: OwnFile, own: readonly OwnFile[]): string[] {
  const mentions = Mentions.of([content], piecesOf(own));
  const fields = [...mentions.fields().keys()];
  return [
    ...unknown(fields, LAYOUT_FIELDS),
    ...[...mentions.words].map((word) => `says {{t.${word}}}, but a layout has no words of its own`),
    ...(fields.includes('body') ? [] : ['does not print the mail; write {{body}}']),
  ].map((fault) => `${path}: ${fault}`);
}

/** What the shapes of a mail ask for that they are not given, once the operator's stand in front of ours. */
export function shapeFaults(mail: string, own: readonly OwnFile[]): string[] {
  const shapes = own.filter(({ role, template }) => role === 'shape' && template === mail);
  const pieces = piecesOf(own);
  const html = shapes.find(({ name }) => name === 'html')?.content ?? read(OURS, `${mail}/html.hbs`);
  const whole = Mentions.of([html], pieces);
  const fields = fieldsOf(mail).names;
  const said = englishKeys(mail, own);

  const missing = (file: OwnFile, name: string): string[] => {
    if (partOf(file) === 'text') return [`uses {{> ${name}}}, which only HTML can`];
    return Object.hasOwn(pieces, name) ? [] : [`uses {{> ${name}}}, which does not exist`];
  };
  const faults = (file: OwnFile, strangers: readonly string[]): string[] => {
    const { words, used } = Mentions.of([file.content]);
    return [
      ...strangers,
      ...[...words].filter((word) => !said.includes(word)).map((word) => `says {{t.${word}}}, which en.json does not have`),
      ...[...used].flatMap((name) => missing(file, name)),
    ].map((fault) => `${file.path}: ${fault}`);
  };
  return [
    ...shapes.flatMap((file) => faults(file, unknown(asks(file.content), fields))),
    // A piece also knows what it is given by name where it is used: only the whole tells what is missing.
    ...own
      .filter(({ role, name }) => role === 'partial' && whole.used.has(name))
      .flatMap((file) => faults(file, asks(file.content).filter((field) => whole.fields().has(field) && !fields.includes(field)).map((field) => `mentions "${field}", which neither the mail nor its shape gives`))),
  ];
}

/** A piece that no shape uses is one of ours with a slip in its name. */
export function strayPieces(mails: readonly string[], own: readonly OwnFile[]): string[] {
  const pieces = piecesOf(own);
  const sources = [...mails.map((mail) => own.find(({ path }) => path === `${mail}/html.hbs`)?.content ?? read(OURS, `${mail}/html.hbs`)), ...own.filter(({ role }) => role === 'layout').map(({ content }) => content)];
  const known = [...Object.keys(readPartials(OURS)), ...Mentions.of(sources, pieces).used];
  return own.filter(({ role, name }) => role === 'partial' && !known.includes(name)).map(({ path }) => `${path}: is used by no shape; ours are ${Object.keys(readPartials(OURS)).join(', ')}`);
}

/** Strings that a mail has: ours, and those that the operator's own shapes say. */
export function keysOf(mail: string, own: readonly OwnFile[]): string[] {
  const shapes = own.filter(({ role, template }) => role === 'partial' || (role === 'shape' && template === mail)).map(({ content }) => content);
  return [...new Set([...Object.keys(readStrings(OURS, mail).get('en')!), ...Mentions.of(shapes).words])];
}

function englishKeys(mail: string, own: readonly OwnFile[]): string[] {
  const english = own.find(({ path }) => path.toLowerCase() === `${mail}/en.json`);
  return [...Object.keys(readStrings(OURS, mail).get('en')!), ...Object.keys(english ? readObject(english.content) : {})];
}

function piecesOf(own: readonly OwnFile[]): Record<string, string> {
  return { ...readPartials(OURS), ...Object.fromEntries(own.filter(({ role }) => role === 'partial').map(({ name, content }) => [name, content])) };
}

function asks(source: string): string[] {
  return [...Mentions.of([source]).fields().keys()];
}

function unknown(asked: readonly string[], known: readonly string[]): string[] {
  return asked.filter((field) => !known.includes(field)).map((field) => `mentions "${field}", which is no field here; known are ${known.join(', ')}`);
}
