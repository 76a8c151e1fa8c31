export interface InboxMessage {
  id: string;
  channel: 'email' | 'sms';
  to: string;
  from: string;
  subject: string;
  text: string;
  html: string;
  sentAt: string;
}

/** Milliseconds that a mail may take from promise to mailbox. */
const PATIENCE = 10_000;

/** The development mailbox, read as a person does. */
export class Inbox {
  constructor(private readonly url: string) {}

  async all(to?: string): Promise<InboxMessage[]> {
    const response = await fetch(`${this.url}/dev/mailbox/messages`);
    const messages = (await response.json()) as InboxMessage[];
    return to ? messages.filter((message) => message.to === to) : messages;
  }

  /** The newest message to an address, once there are at least `count`. */
  async newest(to: string, count = 1): Promise<InboxMessage> {
    for (const end = Date.now() + PATIENCE; Date.now() < end; ) {
      const messages = await this.all(to);
      if (messages.length >= count) return messages[0];
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`no ${count} message(s) to ${to} within ${PATIENCE} ms`);
  }

  /** What the link of the newest mail carries in its query. */
  async link(to: string, count = 1): Promise<{ href: string; userId: string; secret: string; expire: string }> {
    const { text } = await this.newest(to, count);
    const href = /https?:\/\/\S+/.exec(text)?.[0];
    if (!href) throw new Error(`no link in the mail to ${to}`);
    const query = new URL(href).searchParams;
    return { href, userId: query.get('userId')!, secret: query.get('secret')!, expire: query.get('expire')! };
  }

  /** The code of the newest message, which stands at the beginning of a line. */
  async code(to: string, count = 1): Promise<string> {
    const code = /^\d{6}\b/m.exec((await this.newest(to, count)).text)?.[0];
    if (!code) throw new Error(`no code in the message to ${to}`);
    return code;
  }
}
