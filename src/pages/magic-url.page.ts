import { html } from './html';
import { outcomePage } from './outcome.page';
import { page } from './page';

export interface MagicUrl {
  userId: string;
  secret: string;
  project: { id: string; name: string };
  nonce: string;
}

/** Where a magic link lands when the app has no page for it. */
export function magicUrlPage({ userId, secret, project, nonce }: MagicUrl): string {
  return page({
    title: `Sign in to ${project.name}`,
    nonce,
    body: html`<main class="narrow">
<h1>Sign in to ${project.name}</h1>
<p>Press the button to sign in with this browser. The link works once.</p>
<form method="post" action="/auth/magic-url?project=${encodeURIComponent(project.id)}">
<input type="hidden" name="userId" value="${userId}">
<input type="hidden" name="secret" value="${secret}">
<button>Sign in</button>
</form>
<p class="muted">Did you not ask for this? Then close the page; nothing has happened.</p>
</main>`,
  });
}

export function signedInPage(nonce: string): string {
  return outcomePage({ ok: true, title: 'You are signed in', paragraphs: ['You are signed in. You can close this page and return to the app.'], nonce });
}
