import { html } from './html';
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

export interface Confirmed {
  ok: boolean;
  message: string;
  nonce: string;
}

export function confirmedPage({ ok, message, nonce }: Confirmed): string {
  const title = ok ? 'E-mail address confirmed' : 'Not confirmed';
  return page({
    title,
    nonce,
    body: html`<main class="narrow">
<h1 class="${ok ? 'good' : 'bad'}">${title}</h1>
<p role="${ok ? 'status' : 'alert'}">${message}</p>
<p><a href="/dev/mailbox">Back to the mailbox</a></p>
</main>`,
  });
}
