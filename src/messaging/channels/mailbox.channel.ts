import type { Mailbox } from '../mailbox';
import type { MailChannel, OutgoingMail } from './channel';

/** Puts mails where the developer finds them, in place of a mail server. */
export class MailboxChannel implements MailChannel {
  constructor(private readonly mailbox: Mailbox) {}

  async send({ messageId, to, from, subject, text, html }: OutgoingMail): Promise<string> {
    await this.mailbox.put({ id: messageId, channel: 'email', to, from, subject, text, html });
    return 'kept in the development mailbox';
  }

  async close(): Promise<void> {}
}
