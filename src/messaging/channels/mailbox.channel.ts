import type { Mailbox } from '../mailbox';
import type { MailChannel, OutgoingMail } from './channel';

/** Puts mails where the developer finds them, in place of a mail server. */
export class MailboxChannel implements MailChannel {
  constructor(private readonly mailbox: Mailbox) {}

  send({ messageId, to, from, subject, text, html }: OutgoingMail): Promise<void> {
    return this.mailbox.put({ id: messageId, channel: 'email', to, from, subject, text, html });
  }

  async close(): Promise<void> {}
}
