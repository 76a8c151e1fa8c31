import { createTransport } from 'nodemailer';
import { isPlainAddress, parseMailbox } from './address';
import { ChannelError, type MailChannel, type OutgoingMail } from './channel';

export type { OutgoingMail } from './channel';

/** Milliseconds. `send` bounds a whole delivery: a server that answers a byte at a time resets the others for ever. */
export const SMTP_TIMEOUTS = { connection: 10_000, greeting: 10_000, socket: 20_000, send: 60_000 };

/**
 * Mail over SMTP. `smtp://` upgrades with STARTTLS when the server offers it (and then fails rather than
 * fall back on a bad certificate), `smtps://` and port 465 speak TLS from the start.
 * Query: `requireTLS=true`, `tls.rejectUnauthorized=false` for a self-signed relay, `name=` for EHLO.
 */
export class SmtpChannel implements MailChannel {
  private readonly transport: ReturnType<typeof connect>;
  private readonly underway = new Set<Promise<unknown>>();
  private closed = false;

  constructor(
    url: string,
    private readonly timeouts = SMTP_TIMEOUTS,
  ) {
    this.transport = connect(url, timeouts);
  }

  async send(mail: OutgoingMail): Promise<string> {
    if (this.closed) throw new ChannelError('SMTP channel is closed', false);
    const message = compose(mail);
    // AbortSignal.timeout() would keep its timer, and fire, long after the mail has gone.
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(new DOMException('the whole delivery took too long', 'TimeoutError')), this.timeouts.send);
    const delivery = this.transport.sendMail({ ...message, signal: limit.signal });
    this.underway.add(delivery);
    try {
      const { response } = await delivery;
      return quotable('', response);
    } catch (error) {
      throw translate(error as SmtpFault);
    } finally {
      clearTimeout(timer);
      this.underway.delete(delivery);
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    await Promise.allSettled(this.underway);
    this.transport.close();
  }
}

function connect(url: string, timeouts: typeof SMTP_TIMEOUTS) {
  const { protocol, hostname, port, username, password, searchParams } = parse(url);
  const secure = protocol === 'smtps:' || port === '465';
  return createTransport({
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port) || (secure ? 465 : 587),
    secure,
    requireTLS: searchParams.get('requireTLS') === 'true',
    tls: { rejectUnauthorized: searchParams.get('tls.rejectUnauthorized') !== 'false' },
    name: searchParams.get('name') ?? undefined,
    auth: username === '' ? undefined : { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    pool: true,
    maxConnections: 5,
    // Only for an idle connection the server has dropped; real retries are the queue's.
    maxRequeues: 1,
    connectionTimeout: timeouts.connection,
    greetingTimeout: timeouts.greeting,
    socketTimeout: timeouts.socket,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

const PARAMETERS = ['requireTLS', 'tls.rejectUnauthorized', 'name'];

function parse(url: string): URL {
  // The parser's own error repeats its input, password and all.
  const fault = (reason: string) => new Error(`SMTP url ${reason}; expected smtp://user:password@host:port or smtps://…`);
  if (!URL.canParse(url)) throw fault('is malformed');
  const parsed = new URL(url);
  if (!['smtp:', 'smtps:'].includes(parsed.protocol)) throw fault('has another scheme');
  if (parsed.hostname === '') throw fault('has no host');
  if (/%(?![0-9a-f]{2})/i.test(parsed.username + parsed.password)) throw fault('has a "%" that is not written as %25');
  const stranger = [...parsed.searchParams.keys()].find((key) => !PARAMETERS.includes(key));
  if (stranger !== undefined) throw fault(`has an unknown parameter "${stranger}" (known: ${PARAMETERS.join(', ')})`);
  return parsed;
}

function compose({ to, from, replyTo, subject, html, text, messageId }: OutgoingMail) {
  // Nothing below parses an address list, so a crafted address cannot add a recipient.
  if (!isPlainAddress(to)) throw new ChannelError('recipient is not exactly one plain address', true);
  if (!/^[\w.-]{1,200}$/.test(messageId)) throw new ChannelError('message id holds more than letters, digits, ".", "_" and "-"', true);
  const sender = mailbox(from, 'sender');
  const recipient = { address: to, name: '' };
  return {
    envelope: { from: { address: sender.address, name: '' }, to: [recipient] },
    from: sender,
    to: recipient,
    replyTo: replyTo === undefined ? undefined : mailbox(replyTo, 'reply-to'),
    subject,
    text,
    html,
    messageId: `<${messageId}@${sender.address.slice(sender.address.lastIndexOf('@') + 1)}>`,
    // RFC 3834: vacation responders and list software leave it alone.
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}

/** A wrong sender is the operator's to mend, and the mail may then still go out: temporary. */
function mailbox(text: string, role: string): { name: string; address: string } {
  const found = parseMailbox(text);
  if (!found) throw new ChannelError(`${role} is not "Name <address>" or an address`, false);
  return found;
}

interface SmtpFault {
  code?: string;
  originalCode?: string;
  command?: string;
  response?: string;
  responseCode?: number;
}

function translate({ code, originalCode, command = '', response = '', responseCode }: SmtpFault): ChannelError {
  if (!responseCode) return new ChannelError(`SMTP delivery failed: ${originalCode ?? code ?? 'unknown fault'}${command && ` at ${command}`}`, false);
  const permanent = responseCode >= 500 && (command === 'RCPT TO' || command === 'DATA');
  return new ChannelError(`SMTP server answered ${quotable(command, response) || responseCode} to ${command || 'the connection'}`, permanent);
}

/** What a server says about a message or a password may quote it: there only its numbers are repeated. */
function quotable(command: string, response: string): string {
  if (command === 'DATA' || command.startsWith('AUTH')) return /^\d{3}(?:[ -]\d\.\d{1,3}\.\d{1,3})?/.exec(response)?.[0] ?? '';
  return response
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .replace(/\S+@\S+/g, '<address>')
    .slice(0, 200);
}
