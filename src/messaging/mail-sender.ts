import { Injectable } from '@nestjs/common';
import { Settings } from '../config/settings';
import { MESSAGES, type MessageName } from '../contract/messages';
import type { Envelope } from '../infra/outbox/outbox';
import { Projects } from '../modules/projects';
import { ChannelError, type MailChannel } from './channels/channel';
import { MailboxChannel } from './channels/mailbox.channel';
import { SmtpChannel } from './channels/smtp.channel';
import { Mailbox } from './mailbox';
import { render, type Render, renderer } from './templates/render';

/** Turns a promised mail into one on its way: words, sender, and the channel of its project. */
@Injectable()
export class MailSender {
  /** One pool a mail server, however many projects share it. */
  private readonly pools = new Map<string, SmtpChannel>();
  private readonly development: MailboxChannel;
  /** One a project, so that its templates are read once. */
  private readonly renderers: ReadonlyMap<string, Render>;

  constructor(
    private readonly settings: Settings,
    private readonly projects: Projects,
    mailbox: Mailbox,
  ) {
    this.development = new MailboxChannel(mailbox);
    this.renderers = new Map(projects.all.map(({ id, templates }) => [id, templates ? renderer(templates) : render]));
    // Now, so that a URL that is wrong stops the start and not the first mail.
    for (const url of [settings.SMTP_URL, ...projects.all.map(({ smtp }) => smtp?.url)]) if (url) this.channel(url);
  }

  /** @param messageId the outbox row's id, the same at every try @returns what the server said @throws ChannelError */
  async send(projectId: string, messageId: string, name: MessageName, { to, locale, data }: Envelope): Promise<string> {
    const smtp = this.projects.find(projectId)?.smtp;
    const write = this.renderers.get(projectId) ?? render;
    const mail = write(MESSAGES[name].template, locale, data as unknown as Record<string, string>);
    const from = mail.from ?? smtp?.from ?? this.settings.MAIL_FROM;
    return this.channel(smtp?.url).send({ ...mail, to, from, replyTo: mail.replyTo ?? smtp?.replyTo, messageId });
  }

  async close(): Promise<void> {
    await Promise.all([...this.pools.values()].map((pool) => pool.close()));
  }

  private channel(own?: string): MailChannel {
    const url = own ?? this.settings.SMTP_URL;
    if (!url) {
      if (this.settings.production) throw new ChannelError('no mail server is configured: set SMTP_URL', false);
      return this.development;
    }
    let pool = this.pools.get(url);
    if (!pool) this.pools.set(url, (pool = new SmtpChannel(url)));
    return pool;
  }
}
