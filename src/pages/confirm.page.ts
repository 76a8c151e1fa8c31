import { html } from './html';
import { outcomePage } from './outcome.page';
import { page } from './page';

export interface Confirm {
  userId: string;
  secret: string;
  project: { id: string; name: string };
  nonce: string;
}

/** Where a verification link of the development mailbox lands. Opening it spends nothing: mail scanners open links too. */
export function confirmPage({ userId, secret, project, nonce }: Confirm): string {
  return page({
    title: 'Confirm your e-mail address',
    nonce,
    body: html`<main class="narrow">
<p class="muted">${project.name}</p>
<h1>Confirm your e-mail address</h1>
<p>Nothing has changed yet. Press the button to confirm that the address is yours.</p>
<form method="post" action="/dev/confirm?project=${encodeURIComponent(project.id)}">
<input type="hidden" name="userId" value="${userId}">
<input type="hidden" name="secret" value="${secret}">
<button>Confirm e-mail address</button>
</form>
<p class="muted">This page stands in for your app during development. There, the link opens a page of yours, which takes <code>userId</code> and <code>secret</code> from its address and calls <code>account.updateVerification(userId, secret)</code>.</p>
</main>`,
  });
}

export function confirmedPage(nonce: string): string {
  return outcomePage({
    ok: true,
    title: 'E-mail address confirmed',
    paragraphs: ['You can close this page and sign in.', html`<a href="/dev/mailbox">Back to the mailbox</a>`],
    nonce,
  });
}
