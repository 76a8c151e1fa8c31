import { Injectable } from '@nestjs/common';
import { Settings } from '../config/settings';
import type { MessageData } from '../contract/messages';
import type { Envelope } from '../infra/outbox/outbox';
import { ChannelError } from './channels/channel';
import { HttpSmsChannel } from './channels/http-sms.channel';
import type { SmsChannel } from './channels/sms';
import { Mailbox } from './mailbox';
import { smsText } from './templates/sms';

/** Turns a promised SMS into one on its way. */
@Injectable()
export class SmsSender {
  private readonly channel: SmsChannel;
  private readonly from: string;

  constructor(settings: Settings, mailbox: Mailbox) {
    const { SMS_URL: url, production } = settings;
    this.from = (url && new URL(url).searchParams.get('from')) || '+15550100';
    this.channel = url ? new HttpSmsChannel(url) : production ? nowhere : { send: ({ to, from, text, messageId }) => mailbox.put({ id: messageId, channel: 'sms', to, from, subject: '', text, html: '' }) };
  }

  /** @param messageId the outbox row's id, the same at every try @throws ChannelError */
  async send(messageId: string, { to, data }: Envelope): Promise<void> {
    const text = smsText(data as MessageData['smsLogin']);
    await this.channel.send({ to, from: this.from, text, messageId });
  }
}

const nowhere: SmsChannel = {
  send: () => Promise.reject(new ChannelError('no SMS provider is configured: set SMS_URL', false)),
};
