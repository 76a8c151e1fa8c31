import Handlebars from 'handlebars';
import { Fields, oneLine, type Values } from './fields';
import { Mentions } from './mentions';
import { type Compiled, engine, type Engine } from './template-engine';
import { MAILS, OURS, read, readPartials, readSender, readStrings, type Sender } from './template-files';
import { Wording } from './wording';

/** Its sender only where the operator chose one for this very mail. */
export interface Mail extends Sender {
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

type Part = 'html' | 'text';
type Said = Record<Part, Compiled>;

/** Said around every shape, so every mail has them. */
const FRAME_WORDS = ['subject', 'preview'];

/** One mail, ready to be told in any language. */
export class Template {
  readonly fields: Fields;
  private readonly engines: Record<Part, Engine>;
  private readonly frame: Compiled;
  private readonly shapes: Said;
  private readonly wording: Wording<Said>;
  private readonly sender: Sender;

  /** @param folders the first that has a file gives it */
  constructor(
    private readonly name: string,
    folders: readonly string[],
  ) {
    // The name becomes a path.
    if (!MAILS.includes(name)) throw new TemplateError(name, 'does not exist');
    this.fields = fieldsOf(name);
    const [html, text] = [`${name}/html.hbs`, `${name}/text.hbs`].map((file) => read(folders, file));
    const partials = readPartials(folders);
    const strings = readStrings(folders, name);
    const english = strings.get('en')!;
    const unworded = [...FRAME_WORDS, ...Mentions.of([html, text], partials).words].find((key) => english[key] === undefined);
    if (unworded) throw new TemplateError(name, `en.json has no "${unworded}"`);

    this.engines = { html: engine('html', partials), text: engine('text', {}) };
    this.frame = this.engines.html.compile(read(folders, 'layout.html.hbs'));
    this.shapes = { html: this.engines.html.compile(html), text: this.engines.text.compile(text) };
    this.sender = readSender(folders, name);
    this.wording = new Wording(strings, (source, key, code) => this.compile(source, key, code));
  }

  render(locale: string, data: Values): Mail {
    const { frame, html, text, runtime } = this.told(locale, data);
    const subject = oneLine(text.subject);
    const body = new Handlebars.SafeString(this.shapes.html({ ...frame, t: html }, runtime));
    return {
      ...this.sender,
      subject,
      html: this.frame({ ...frame, subject, preview: html.preview, body }, runtime),
      text: this.shapes.text({ ...frame, t: text }, runtime),
    };
  }

  /** What a reader of the HTML gets to see once the mail is open: neither its title nor its preheader. */
  body(locale: string, data: Values): string {
    const { frame, html, runtime } = this.told(locale, data);
    return this.shapes.html({ ...frame, t: html }, runtime);
  }

  /** The values, and every string with them in it. */
  private told(locale: string, data: Values) {
    const { lang, dir, words } = this.wording.in(locale);
    const values = this.fields.read(data, (field, fault) => {
      throw new TemplateError(this.name, `field "${field}" ${fault}`);
    });
    const runtime = { data: { lang } };
    const isolated = this.fields.isolated(values);
    return {
      frame: { ...values, lang, dir, start: dir === 'rtl' ? 'right' : 'left' },
      html: mapped(words, (said) => new Handlebars.SafeString(said.html(isolated, runtime))),
      text: mapped(words, (said) => said.text(values, runtime)),
      runtime,
    };
  }

  private compile(source: string, key: string, code: string): Said {
    const stranger = [...Mentions.of([source]).fields().keys()].find((field) => !this.fields.has(field));
    if (stranger) throw new TemplateError(this.name, `"${key}" of ${code}.json mentions "${stranger}", which this mail does not know`);
    return { html: this.engines.html.compile(source), text: this.engines.text.compile(source) };
  }
}

/** What our own files for a mail mention. */
export function fieldsOf(name: string): Fields {
  const sources = [read(OURS, `${name}/html.hbs`), read(OURS, `${name}/text.hbs`), ...Object.values(readStrings(OURS, name).get('en')!)];
  return new Fields(Mentions.of(sources, readPartials(OURS)));
}

function mapped<From, To>(record: Record<string, From>, map: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
