import { type Mail, Template } from './template';
import { foldersOf } from './template-files';

export { type Mail, TemplateError } from './template';

/**
 * One mail is a folder: `html.hbs` and `text.hbs` say its shape, `<locale>.json` its words, which reach the
 * shapes as `{{t.key}}` and may themselves hold `{{field}}`. A new locale is files only.
 *
 * What a mail must be told follows from its files: every field mentioned has to be given, and may be empty
 * only where the shape asks `{{#if field}}`. `{{link field}}` and `{{date field}}` also check what they print.
 *
 * @param locale BCP-47-ish code; falls back region → language → a close relative → en, string by string
 */
export const render = renderer();

export type Render = (template: string, locale: string, data: Record<string, string>) => Mail;

/** The same with an operator's folder in front: any file there replaces ours, its strings one by one. */
export function renderer(overrides?: string): Render {
  const folders = foldersOf(overrides);
  const templates = new Map<string, Template>();

  return (name, locale, data) => {
    let template = templates.get(name);
    if (!template) templates.set(name, (template = new Template(name, folders)));
    return template.render(locale, data);
  };
}
