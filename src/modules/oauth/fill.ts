/** Puts values into the braces of a URL, parameter or header. @throws Error for a name that has none: a card that asks for it is wrong */
export function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    if (!Object.hasOwn(values, name)) throw new Error(`nothing is known of {${name}}`);
    return values[name];
  });
}

export function fillAll(templates: Readonly<Record<string, string>> | undefined, values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(templates ?? {}).map(([key, template]) => [key, fill(template, values)]));
}
