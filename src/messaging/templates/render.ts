import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import { type Kind, Mentions } from './mentions';
import { type Compiled, engine, type Engine } from './template-engine';
import { find, readPartials, readStrings } from './template-files';

export interface Mail {
  subject: string;
  html: string;
  text: string;
}

/** Raised instead of a mail that would be useless or unsafe; names the template and the field, never a value. */
export class TemplateError extends Error {
  constructor(template: string, fault: string) {
    super(`mail template "${template}": ${fault}`);
    this.name = 'TemplateError';
  }
}

/**
 * One mail is a folder: `html.hbs` and `text.hbs` say its shape, `<locale>.json` its words, which reach the
 * shapes as `{{t.key}}` and may themselves hold `{{field}}`. A new mail or locale is files only.
 *
 * What a mail must be told follows from its files: every field mentioned has to be given, and may be empty
 * only where the shape asks `{{#if field}}`. `{{link field}}` and `{{date field}}` also check what they print.
 *
 * @param locale BCP-47-ish code; falls back region → language → en, string by string
 */
export const render = renderer();

/** The same with an operator's folder in front: any file there replaces ours, its strings one by one. */
export function renderer(overrides?: string): (template: string, locale: string, data: Record<string, string>) => Mail {
  const folders = overrides === undefined ? [__dirname] : [overrides, __dirname];
  const templates = new Map<string, Template>();

  return (name, locale, data) => {
    let template = templates.get(name);
    if (!template) templates.set(name, (template = new Template(name, folders)));
    return template.render(locale, data);
  };
}

interface Wording {
  lang: string;
  dir: 'ltr' | 'rtl';
  words: Record<string, { html: Compiled; text: Compiled }>;
}

class Template {
  private readonly html: Engine;
  private readonly text: Engine;
  private readonly frame: Compiled;
  private readonly shapes: { html: Compiled; text: Compiled };
  private readonly fields: Map<string, { kind: Kind; mayBeEmpty: boolean }>;
  /** Keyed by the files that exist, so no caller's locale can make it grow. */
  private readonly locales = new Map<string, Wording>();
  private readonly strings: Map<string, Record<string, string>>;

  constructor(
    private readonly name: string,
    folders: string[],
  ) {
    // The name becomes a path.
    if (!/^[a-zA-Z][\w-]*$/.test(name) || !find(folders, join(name, 'html.hbs'))) throw new TemplateError(name, 'does not exist');
    const html = this.read(folders, join(name, 'html.hbs'));
    const text = this.read(folders, join(name, 'text.hbs'));
    this.strings = readStrings(folders, name);

    const english = this.strings.get('en') ?? {};
    const mentions = new Mentions();
    for (const source of [html, text, ...Object.values(english)]) mentions.accept(Handlebars.parse(source));
    const unworded = [...FRAME_WORDS, ...mentions.words].find((key) => english[key] === undefined);
    if (unworded) throw new TemplateError(name, `en.json has no "${unworded}"`);
    this.fields = mentions.fields();

    this.html = engine('html', readPartials(folders));
    this.text = engine('text', {});
    this.frame = this.html.compile(this.read(folders, 'layout.html.hbs'));
    this.shapes = { html: this.html.compile(html), text: this.text.compile(text) };
  }

  render(locale: string, data: Record<string, string>): Mail {
    const { lang, dir, words } = this.wording(locale);
    const values = this.check(data);
    const runtime = { data: { lang } };

    const say = (part: 'html' | 'text', key: string) => words[key][part](values, runtime);
    const spoken = (part: 'html' | 'text') =>
      Object.fromEntries(
        Object.keys(words).map((key) => [key, part === 'html' ? new Handlebars.SafeString(say(part, key)) : say(part, key)]),
      );

    const subject = oneLine(say('text', 'subject'));
    const frame = { lang, dir, start: dir === 'rtl' ? 'right' : 'left' };
    const t = spoken('html');
    const body = new Handlebars.SafeString(this.shapes.html({ ...values, ...frame, t }, runtime));
    return {
      subject,
      html: this.frame({ ...frame, subject, preview: t.preview, body }, runtime),
      text: this.shapes.text({ ...values, t: spoken('text') }, runtime),
    };
  }

  private check(data: Record<string, string>): Record<string, string> {
    const values: Record<string, string> = {};
    for (const [field, { kind, mayBeEmpty }] of this.fields) {
      const given: unknown = Object.hasOwn(data, field) ? data[field] : undefined;
      if (typeof given !== 'string') throw new TemplateError(this.name, `field "${field}" is missing`);
      let value = oneLine(given);
      // Sign-up forms are used to send a stranger bait in the name of the project: such a name is not repeated.
      if (field === 'user' && BAIT.test(value)) value = '';
      if (value === '' && !mayBeEmpty) throw new TemplateError(this.name, `field "${field}" is empty`);
      if (kind === 'link' && !isLink(value)) throw new TemplateError(this.name, `field "${field}" is not a link`);
      if (kind === 'date' && Number.isNaN(Date.parse(value))) throw new TemplateError(this.name, `field "${field}" is not a date`);
      values[field] = value;
    }
    return values;
  }

  private wording(locale: string): Wording {
    const files = [...fallbacks(locale)].filter((code) => this.strings.has(code));
    const code = files[0];
    let wording = this.locales.get(code);
    if (!wording) this.locales.set(code, (wording = this.compile(code, files)));
    return wording;
  }

  private compile(code: string, files: string[]): Wording {
    const strings = Object.assign({}, ...files.map((file) => this.strings.get(file)).reverse()) as Record<string, string>;
    const words = Object.fromEntries(
      Object.entries(strings).map(([key, source]) => {
        const mentions = new Mentions();
        mentions.accept(Handlebars.parse(source));
        const stranger = [...mentions.fields().keys()].find((field) => !this.fields.has(field));
        if (stranger) throw new TemplateError(this.name, `"${key}" of ${code}.json mentions "${stranger}", which this mail does not know`);
        return [key, { html: this.html.compile(source), text: this.text.compile(source) }];
      }),
    );
    const lang = Intl.getCanonicalLocales(code)[0];
    return { lang, dir: direction(lang), words };
  }

  private read(folders: string[], file: string): string {
    const path = find(folders, file);
    if (!path) throw new TemplateError(this.name, `file "${file}" does not exist`);
    return readFileSync(path, 'utf8');
  }
}

/** Said around every shape, so every mail has them. */
const FRAME_WORDS = ['subject', 'preview'];
const BAIT = /:\/\/|\bwww\./i;

function* fallbacks(locale: string): Iterable<string> {
  let code = locale.slice(0, 35).toLowerCase().replaceAll('_', '-');
  while (code !== '') {
    yield code;
    code = code.slice(0, Math.max(0, code.lastIndexOf('-')));
  }
  yield 'en';
}

function direction(lang: string): 'ltr' | 'rtl' {
  const script = new Intl.Locale(lang).maximize().script ?? 'Latn';
  return ['Arab', 'Hebr', 'Thaa', 'Syrc', 'Nkoo', 'Adlm', 'Rohg'].includes(script) ? 'rtl' : 'ltr';
}

/** No line breaks (header injection), no control characters, no bidi overrides (text that reads other than it is). */
function oneLine(value: string): string {
  return value.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim();
}

function isLink(value: string): boolean {
  return !/\s/.test(value) && URL.canParse(value) && !['javascript:', 'data:', 'vbscript:'].includes(new URL(value).protocol);
}
