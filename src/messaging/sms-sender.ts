import { Injectable } from '@nestjs/common';
import { Settings } from '../config/settings';
import type { MessageData, MessageName } from '../contract/messages';
import type { Envelope } from '../infra/outbox/outbox';
import { Projects } from '../modules/projects';
import { ChannelError } from './channels/channel';
import { MailboxSmsChannel } from './channels/sms/mailbox';
import { smsChannel } from './channels/sms/providers';
import { RoutedSms } from './channels/sms/routed';
import type { SmsChannel } from './channels/sms/sms.channel';
import { Mailbox } from './mailbox';
import { type SmsName, smsText, type SmsText, texter } from './templates/sms';

/** Turns a promised SMS into one on its way. */
@Injectable()
export class SmsSender {
  /** Of projects that name no provider. */
  private readonly shared: SmsChannel;
  private readonly own: ReadonlyMap<string, SmsChannel>;
  private readonly texts: ReadonlyMap<string, SmsText>;
  private readonly url?: string;

  constructor({ SMS_URL: url, production }: Settings, projects: Projects, mailbox: Mailbox) {
    this.texts = new Map(projects.all.map(({ id, templates }) => [id, templates ? texter(templates) : smsText]));
    this.url = url;
    this.shared = url ? smsChannel(url) : production ? nowhere : new MailboxSmsChannel(mailbox);
    this.own = new Map(
      projects.all
        .filter(({ sms }) => sms?.providers.length)
        .map(({ id, sms }) => [id, new RoutedSms(sms!.providers.map((route) => ({ ...route, channel: smsChannel(route.url) })))]),
    );
  }

  /** @param messageId the outbox row's id, the same at every try @returns who took it @throws ChannelError */
  async send(projectId: string, messageId: string, name: MessageName, { to, locale, data }: Envelope): Promise<string> {
    const words = data as MessageData[SmsName];
    const text = (this.texts.get(projectId) ?? smsText)(name as SmsName, locale, words);
    const own = this.own.get(projectId);
    await (own ?? this.shared).send({ to, text, code: words.otp, messageId });
    return own ? 'taken by a provider of the project' : this.url ? 'taken by the provider of SMS_URL' : 'kept in the development mailbox';
  }
}

const nowhere: SmsChannel = {
  send: () => Promise.reject(new ChannelError('no SMS provider is configured: set SMS_URL', false)),
};
