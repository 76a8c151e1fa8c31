import Handlebars from 'handlebars';

export type Compiled = Handlebars.TemplateDelegate;
export type Engine = ReturnType<typeof engine>;

export const HELPERS = ['if', 'unless', 'link', 'date'];

/** To make one takes longer than all the rest of a mail. */
const formats = new Map<string, Intl.DateTimeFormat>();
/** More than there are languages to write in; whoever asks may name any. */
const MOST_FORMATS = 100;

function dates(lang: string): Intl.DateTimeFormat {
  let format = formats.get(lang);
  if (format) return format;
  format = new Intl.DateTimeFormat([lang, 'en'], { year: 'numeric', month: 'long', day: 'numeric', hour: 'numeric', minute: '2-digit', timeZone: 'UTC', timeZoneName: 'short' });
  if (formats.size >= MOST_FORMATS) formats.clear();
  formats.set(lang, format);
  return format;
}

/** HTML escapes whatever it is told, plain text nothing; otherwise the two speak the same language. */
export function engine(part: 'html' | 'text', partials: Record<string, string>) {
  const handlebars = Handlebars.create();
  const options = compileOptions(part);
  const compile = (source: string): Compiled => handlebars.compile(source, options);

  // Handlebars also escapes "=", which some link scanners and mail clients do not undo inside an address.
  const link = (value: string) =>
    part === 'text' ? value : new Handlebars.SafeString(Handlebars.escapeExpression(value).replaceAll('&#x3D;', '='));
  handlebars.registerHelper('link', link);
  handlebars.registerHelper('date', (value: string, call: Handlebars.HelperOptions) => dates((call.data as { lang: string }).lang).format(new Date(value)));
  for (const [name, source] of Object.entries(partials)) handlebars.registerPartial(name, compile(source));
  return { compile };
}

/** Strict: a name nobody gave is an error, never an empty place in a mail. */
export function compileOptions(part: 'html' | 'text'): CompileOptions {
  return {
    strict: true,
    noEscape: part === 'text',
    knownHelpersOnly: true,
    knownHelpers: Object.fromEntries(HELPERS.map((name) => [name, true])),
  };
}
