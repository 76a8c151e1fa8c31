/** Markup whose every inserted value was escaped. Only `html` makes it, so a plain string can never pass for it. */
export class Html {
  constructor(private readonly markup: string) {}

  toString(): string {
    return this.markup;
  }
}

export type Fragment = Html | string | number | false | undefined | readonly Fragment[];

/** Escapes what is inserted: text, and attribute values inside double quotes. Lists are joined, `false` is left out. */
export function html(strings: TemplateStringsArray, ...values: Fragment[]): Html {
  return new Html(strings.reduce((before, string, index) => before + insert(values[index - 1]) + string));
}

export function escape(text: string): string {
  return text.replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function insert(value: Fragment): string {
  if (value === undefined || value === false) return '';
  if (value instanceof Html) return value.toString();
  if (typeof value === 'object') return value.map(insert).join('');
  return escape(String(value));
}
