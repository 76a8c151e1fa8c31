import Handlebars from 'handlebars';
import type { Kind, Mentions } from './mentions';

export type Values = Record<string, string>;

/** What a mail must be told. It follows from our own files; an operator's may use less of it, never more. */
export class Fields {
  private readonly fields: ReturnType<Mentions['fields']>;

  constructor(mentions: Mentions) {
    this.fields = mentions.fields();
  }

  get names(): string[] {
    return [...this.fields.keys()];
  }

  has(name: string): boolean {
    return this.fields.has(name);
  }

  kind(name: string): Kind | undefined {
    return this.fields.get(name)?.kind;
  }

  mayBeEmpty(name: string): boolean {
    return this.fields.get(name)?.mayBeEmpty ?? false;
  }

  /** The values as a mail may print them. @param refuse raises the fault of a field */
  read(data: Values, refuse: (field: string, fault: string) => never): Values {
    const values: Values = {};
    for (const [field, { kind, mayBeEmpty }] of this.fields) {
      const given: unknown = Object.hasOwn(data, field) ? data[field] : undefined;
      if (typeof given !== 'string') return refuse(field, 'is missing');
      let value = oneLine(given);
      // Sign-up forms are used to send a stranger bait in the name of the project: such a name is not repeated.
      if (field === 'user' && BAIT.test(value)) value = '';
      if (value === '' && !mayBeEmpty) refuse(field, 'is empty');
      if (kind === 'link' && !isLink(value)) refuse(field, 'is not a link');
      if (kind === 'date' && Number.isNaN(Date.parse(value))) refuse(field, 'is not a date');
      values[field] = value;
    }
    return values;
  }

  /** For sentences in HTML: a name that runs the other way must not drag the words around it along. */
  isolated(values: Values): Record<string, string | Handlebars.SafeString> {
    const isolated: Record<string, string | Handlebars.SafeString> = { ...values };
    for (const [field, value] of Object.entries(values)) {
      if (value !== '' && this.kind(field) === 'words') isolated[field] = new Handlebars.SafeString(`<bdi>${Handlebars.escapeExpression(value)}</bdi>`);
    }
    return isolated;
  }
}

const BAIT = /:\/\/|\bwww\./i;

/** No line breaks (header injection), no control characters, no bidi overrides (text that reads other than it is). */
export function oneLine(value: string): string {
  return value.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim();
}

function isLink(value: string): boolean {
  return !/\s/.test(value) && URL.canParse(value) && !['javascript:', 'data:', 'vbscript:'].includes(new URL(value).protocol);
}
