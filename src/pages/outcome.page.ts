import { type Fragment, html } from './html';
import { page } from './page';

export interface Outcome {
  ok: boolean;
  title: string;
  /** What happened and what to do next: one paragraph each. */
  paragraphs: readonly Fragment[];
  /** For whoever is asked for help: small, at the end. */
  details?: Fragment;
  nonce: string;
}

/** How something went. The last word of a form, or of a way in that ends here. */
export function outcomePage({ ok, title, paragraphs, details, nonce }: Outcome): string {
  return page({
    title,
    nonce,
    body: html`<main class="narrow">
<h1 class="${ok ? 'good' : 'bad'}">${title}</h1>
<div role="${ok ? 'status' : 'alert'}">${paragraphs.map((paragraph) => html`<p>${paragraph}</p>`)}</div>
${details !== undefined && html`<p class="muted">${details}</p>`}
</main>`,
  });
}
