import { type Fragment, type Html, html } from './html';
import { documentHeaders, page, pageHeaders } from './page';

export interface MailboxMessage {
  id: string;
  channel: 'email' | 'sms';
  to: string;
  from: string;
  subject: string;
  text: string;
  /** Empty for an SMS. */
  html: string;
  sentAt: string;
}

export interface MailboxView {
  /** Part of a recipient's address; empty for all. */
  to?: string;
  /** Whether the page asks again by itself. */
  refresh?: boolean;
}

/** Seconds: a mail is there about as soon as one has changed windows. */
const AGAIN = 3;

/**
 * The development mailbox: everything the server would have sent, newest first and open. It runs no script, since it shows
 * what strangers may have written: asking again is the browser's own doing.
 */
export function mailboxPage(messages: readonly MailboxMessage[], nonce: string, { to = '', refresh = false }: MailboxView = {}): string {
  const wanted = to.trim().toLowerCase();
  const shown = messages.filter((message) => message.to.toLowerCase().includes(wanted));
  const newestFirst = shown.sort((one, other) => Date.parse(other.sentAt) - Date.parse(one.sentAt));
  return page({
    title: 'Mailbox',
    nonce,
    head: refresh ? html`<meta http-equiv="refresh" content="${AGAIN}">` : undefined,
    body: html`<header>
<div>
<h1>Mailbox</h1>
<p class="muted bar">Development only: these messages stay on this server.</p>
</div>
<div class="bar">
<a class="button quiet" href="/dev/mailbox">Refresh</a>
${messages.length > 0 && html`<form method="post" action="/dev/mailbox/clear"><button class="quiet">Clear mailbox</button></form>`}
</div>
</header>
<main>
${messages.length > 0 && search(messages, to, refresh)}
${messages.length === 0 ? nothing(refresh) : shown.length === 0 ? html`<p class="empty">Nothing to ${to} yet.</p>` : html`<ol class="messages">${newestFirst.map((message, index) => entry(message, index === 0))}</ol>`}
</main>`,
  });
}

/** The page shows each HTML part in a frame of its own origin path, so that neither policy has to loosen the other. */
export function mailboxHeaders(nonce: string): Record<string, string> {
  return pageHeaders(nonce, { 'frame-src': "'self'" });
}

/** The document behind `/dev/mailbox/messages/<id>/preview`. Links leave the frame, since our pages refuse to be framed. */
export function previewPage(message: Pick<MailboxMessage, 'html'>): string {
  const base = '<base target="_blank">';
  return /<head[^>]*>/i.test(message.html) ? message.html.replace(/<head[^>]*>/i, (head) => head + base) : base + message.html;
}

const SANDBOX = 'allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation';

/** Mails style themselves inline. `sandbox` holds outside the frame too: opened alone, a mail is still no page of ours. */
export function previewHeaders(): Record<string, string> {
  return documentHeaders({
    'default-src': "'none'",
    'style-src': "'unsafe-inline'",
    'img-src': 'data:',
    'form-action': "'none'",
    'frame-ancestors': "'self'",
    'base-uri': "'none'",
    sandbox: SANDBOX,
  });
}

function search(messages: readonly MailboxMessage[], to: string, refresh: boolean): Html {
  const recipients = [...new Set(messages.map((message) => message.to))];
  return html`<form class="bar search" method="get" action="/dev/mailbox">
<label>To <input type="search" name="to" value="${to}" list="recipients" placeholder="everybody" autocomplete="off" maxlength="254"></label>
<datalist id="recipients">${recipients.map((address) => html`<option value="${address}"></option>`)}</datalist>
<label><input type="checkbox" name="refresh" value="on"${refresh && html` checked`}> Refresh by itself</label>
<button class="quiet">Show</button>
</form>`;
}

const nothing = (refresh: boolean) => html`<section class="empty">
<h2>No messages yet</h2>
${refresh ? html`<p class="muted">This page looks for them by itself. <a href="/dev/mailbox">Stop</a></p>` : html`<p><a href="/dev/mailbox?refresh=on">Let this page look for them by itself</a></p>`}
<p>Sign up, then ask for a verification mail: it lands here instead of in an inbox. With the web SDK:</p>
<pre>await account.create('unique()', 'ada@example.com', 'long password');
await account.createEmailPasswordSession('ada@example.com', 'long password');
await account.createVerification(new URL('/dev/confirm', client.config.endpoint).href);</pre>
<p class="muted">To send real mail, set <code>SMTP_URL</code> and restart.</p>
</section>`;

function entry(message: MailboxMessage, open: boolean): Html {
  const { id, channel, to, from, subject, text, sentAt } = message;
  const title = subject || (channel === 'sms' ? 'SMS' : '(no subject)');
  return html`<li>
<details${open && html` open`}>
<summary><span class="subject">${title}</span>
<span class="meta"><span>To ${to}</span><span>From ${from}</span><time datetime="${sentAt}">${readable(sentAt)}</time></span></summary>
<div class="inside">
${channel === 'sms' ? html`<p class="bubble">${linked(text)}</p>` : html`<h2>Text</h2>
<pre>${linked(text)}</pre>`}
${message.html !== '' && html`<h2>HTML</h2>
<iframe src="/dev/mailbox/messages/${encodeURIComponent(id)}/preview" title="HTML part of “${title}”" sandbox="${SANDBOX}" referrerpolicy="no-referrer" loading="lazy"></iframe>`}
</div>
</details>
</li>
`;
}

/** Only http and https become links; whatever else a text calls an address stays text. A code is selected whole by one click. */
function linked(text: string): Fragment[] {
  return text.split(/(\bhttps?:\/\/[^\s<>"]+)/i).map((piece, index) => {
    const address = index % 2 === 1 ? piece.replace(/[.,;:!?'’)\]]+$/, '') : '';
    return URL.canParse(address) ? [html`<a href="${address}" rel="noreferrer">${address}</a>`, piece.slice(address.length)] : coded(piece, index === 0);
  });
}

/** Codes stand at the beginning of a line. */
function coded(piece: string, first: boolean): Fragment[] {
  return piece.split(/(^\d{6}\b)/m).map((part, index, parts) => {
    const begins = index === 1 ? first || parts[0] !== '' : true;
    return index % 2 === 1 && begins ? html`<code class="code">${part}</code>` : part;
  });
}

function readable(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' }).format(date) + ' UTC';
}
