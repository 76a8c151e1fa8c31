import Handlebars from 'handlebars';

export type Compiled = Handlebars.TemplateDelegate;
export type Engine = ReturnType<typeof engine>;

export const HELPERS = ['if', 'link', 'date'];

/** HTML escapes whatever it is told, plain text nothing; otherwise the two speak the same language. */
export function engine(part: 'html' | 'text', partials: Record<string, string>) {
  const handlebars = Handlebars.create();
  const options: CompileOptions = {
    strict: true,
    noEscape: part === 'text',
    knownHelpersOnly: true,
    knownHelpers: Object.fromEntries(HELPERS.map((name) => [name, true])),
  };
  const compile = (source: string): Compiled => handlebars.compile(source, options);

  // Handlebars also escapes "=", which some link scanners and mail clients do not undo inside an address.
  const link = (value: string) =>
    part === 'text' ? value : new Handlebars.SafeString(Handlebars.escapeExpression(value).replaceAll('&#x3D;', '='));
  handlebars.registerHelper('link', link);
  handlebars.registerHelper('date', (value: string, call: Handlebars.HelperOptions) =>
    new Intl.DateTimeFormat([(call.data as { lang: string }).lang, 'en'], {
      year: 'numeric',
      month: 'long',
      day: 'numeric',
      hour: 'numeric',
      minute: '2-digit',
      timeZone: 'UTC',
      timeZoneName: 'short',
    }).format(new Date(value)),
  );
  for (const [name, source] of Object.entries(partials)) handlebars.registerPartial(name, compile(source));
  return { compile };
}
