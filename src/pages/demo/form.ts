import { type Fragment, type Html, html } from '../html';

export interface Field {
  /** The SDK's name of the parameter. */
  name: string;
  label: string;
  /** A `select` gets its options from demo.js. */
  type?: 'text' | 'email' | 'password' | 'tel' | 'checkbox' | 'json' | 'select';
  autocomplete?: string;
  value?: string;
  placeholder?: string;
  /** May stay empty, and is then not sent. */
  optional?: boolean;
}

export interface Action {
  /** A method of the SDK's `account`, or one of demo.js's own. */
  call: string;
  button: string;
  fields?: readonly Field[];
  /** Parameters nobody types: the same for everybody, or of this page. */
  constant?: Record<string, string>;
  given?: Record<string, string>;
  /** What is called, where it is no method of `account`. */
  code?: string;
  /** Names the form where its call does not: several forms make it, or another form fills this one. */
  id?: string;
  /** The form that takes the secret which this one sends out. */
  then?: string;
  quiet?: boolean;
}

export const card = cardUnder('h2');
/** A card in a part of the page that has a heading of its own. */
export const innerCard = cardUnder('h3');

function cardUnder(heading: 'h2' | 'h3') {
  return (title: string, intro: string | undefined, ...content: Fragment[]): Html => html`<section class="card" aria-label="${title}">
<${heading}>${title}</${heading}>
${intro && html`<p class="muted">${intro}</p>`}
${content}
</section>
`;
}

/** One call: its fields named as its parameters, its button, its code. */
export function action({ call, button, fields = [], constant = {}, given = {}, code, id, then, quiet }: Action): Html {
  const parameters = [...Object.entries(constant).map(([name, value]) => `${name}: '${value}'`), ...Object.keys(given), ...fields.map(({ name }) => name)].join(', ');
  return html`<form data-call="${call}" id="${id ?? call}"${then && html` data-then="${then}"`}>
${Object.entries({ ...constant, ...given }).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
${fields.map((field) => input(field, `${id ?? call}-${field.name}`))}
<button${quiet && html` class="quiet"`}>${button}</button>
<code>${code ?? `account.${call}(${parameters && `{ ${parameters} }`})`}</code>
</form>`;
}

function input({ name, label, type = 'text', autocomplete = 'off', value = '', placeholder = '', optional }: Field, id: string): Html {
  if (type === 'checkbox') return html`<label class="check"><input type="checkbox" name="${name}"${name === 'sure' && html` required`}> ${label}</label>`;
  const required = !optional && html` required`;
  if (type === 'select') return html`<label for="${id}">${label}</label><select id="${id}" name="${name}"${required}></select>`;
  if (type === 'json') return html`<label for="${id}">${label}</label><textarea id="${id}" name="${name}" rows="4" spellcheck="false" data-json>${value}</textarea>`;
  return html`<label for="${id}">${label}</label><input id="${id}" name="${name}" type="${type}" autocomplete="${autocomplete}" value="${value}" placeholder="${placeholder}"${required}>`;
}
