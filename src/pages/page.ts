import { randomBytes } from 'node:crypto';
import { Html, html } from './html';

export interface Page {
  title: string;
  body: Html;
  nonce: string;
  /** What a page loads besides its own style. */
  head?: Html;
}

/** A new one for every response; `page` and `pageHeaders` get the same. */
export function newNonce(): string {
  return randomBytes(16).toString('base64');
}

/** A complete document. Needs no script; without a `head` its only style is its own. */
export function page({ title, body, nonce, head }: Page): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title} · Latchkey</title>
<link rel="icon" href="data:,">
<style nonce="${checked(nonce)}">${STYLE}</style>${head}
</head>
<body>
${body}
</body>
</html>
`.toString();
}

/** @param more directives a page needs beyond the strict set, such as `frame-src` */
export function pageHeaders(nonce: string, more: Record<string, string> = {}): Record<string, string> {
  return documentHeaders({
    'default-src': "'none'",
    'style-src': `'nonce-${checked(nonce)}'`,
    'img-src': 'data:',
    'form-action': "'self'",
    'frame-ancestors': "'none'",
    'base-uri': "'none'",
    ...more,
  });
}

export function documentHeaders(policy: Record<string, string>): Record<string, string> {
  return {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': Object.entries(policy)
      .map(([directive, sources]) => `${directive} ${sources}`)
      .join('; '),
    // Addresses of these pages hold secrets.
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'private, no-store',
    'X-Content-Type-Options': 'nosniff',
  };
}

/** It becomes part of a header. */
function checked(nonce: string): string {
  if (!/^[\w+/-]{16,}={0,2}$/.test(nonce)) throw new Error('a CSP nonce is at least 16 base64 characters');
  return nonce;
}

const STYLE = new Html(`
:root {
  color-scheme: light dark;
  --ground: #f3f4f6; --sheet: #fff; --ink: #17191c; --muted: #565c66; --line: #dfe2e7;
  --accent: #2f4fd0; --on-accent: #fff; --good: #146c43; --bad: #b3261e;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #111316; --sheet: #1b1e23; --ink: #eceef1; --muted: #a9b0bb; --line: #30343c;
    --accent: #a3b8ff; --on-accent: #11183a; --good: #7fd6a8; --bad: #ffb4ab;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; padding: 2.5rem 1rem; background: var(--ground); color: var(--ink);
  font: 1rem/1.6 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; overflow-wrap: anywhere;
}
header, main { max-width: 44rem; margin: 0 auto; }
header { display: flex; flex-wrap: wrap; gap: .75rem 1rem; align-items: center; justify-content: space-between; margin-bottom: 1.25rem; }
main.narrow { max-width: 30rem; padding: 2rem; background: var(--sheet); border: 1px solid var(--line); border-radius: .75rem; }
h1 { margin: 0; font-size: 1.5rem; line-height: 1.3; text-wrap: balance; }
p { margin: .75rem 0; }
.narrow > :first-child, .empty > :first-child { margin-top: 0; }
.narrow > :last-child, .empty > :last-child { margin-bottom: 0; }
.muted { color: var(--muted); font-size: .9rem; }
.good { color: var(--good); }
.bad { color: var(--bad); }
form { margin: 0; }
.narrow form { margin: 1.25rem 0; }
.bar { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; margin: 0; }
a { color: var(--accent); text-underline-offset: .15em; }
code { font: .9em ui-monospace, SFMono-Regular, Consolas, monospace; }
button, .button {
  display: inline-block; padding: .55rem 1rem; border: 1px solid var(--accent); border-radius: .5rem; background: var(--accent);
  color: var(--on-accent); font: inherit; font-weight: 600; line-height: 1.4; text-decoration: none; cursor: pointer;
}
.quiet { background: transparent; border-color: var(--line); color: var(--ink); font-weight: 500; }
button:hover, .button:hover { filter: brightness(1.08); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: .25rem; }
.empty, .messages > li { background: var(--sheet); border: 1px solid var(--line); border-radius: .75rem; }
.empty { padding: 2rem; }
.empty h2 { font-size: 1.15rem; line-height: 1.3; }
.messages { display: grid; gap: .75rem; margin: 0; padding: 0; list-style: none; }
summary { padding: .9rem 1.1rem; cursor: pointer; }
.subject { font-weight: 600; }
.meta { display: flex; flex-wrap: wrap; gap: 0 1rem; color: var(--muted); font-size: .9rem; }
.inside { padding: 0 1.1rem 1.1rem; border-top: 1px solid var(--line); }
.inside h2 { margin: 1.1rem 0 .4rem; font-size: .9rem; color: var(--muted); font-weight: 600; }
.search { margin-bottom: 1rem; gap: .75rem 1rem; }
input[type=search] { font: inherit; padding: .4rem .7rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--sheet); color: var(--ink); min-width: 16rem; }
.code { user-select: all; -webkit-user-select: all; cursor: copy; font-weight: 700; letter-spacing: .08em; border-bottom: 2px dotted var(--accent); }
.bubble { width: fit-content; max-width: 28rem; margin: 1.1rem 0 0; padding: .7rem 1rem; border-radius: 1.1rem 1.1rem 1.1rem .25rem; background: var(--ground); white-space: pre-wrap; }
pre { margin: 0; white-space: pre-wrap; font: .95rem/1.6 ui-monospace, SFMono-Regular, Consolas, monospace; }
iframe { display: block; width: 100%; height: 34rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--ground); resize: vertical; }
`);
