import type { Mailbox } from '../../mailbox';
import type { OutgoingSms, SmsChannel } from './sms.channel';

/** Puts texts where the developer finds them, in place of a provider. */
export class MailboxSmsChannel implements SmsChannel {
  constructor(private readonly mailbox: Mailbox) {}

  send({ messageId, to, text }: OutgoingSms): Promise<void> {
    return this.mailbox.put({ id: messageId, channel: 'sms', to, from: '+15550100', subject: '', text, html: '' });
  }
}
