import { Module, type OnApplicationBootstrap, type BeforeApplicationShutdown } from '@nestjs/common';
import { Relay } from '../infra/outbox/relay';
import { Dispatcher } from '../infra/queue/dispatcher';
import { Deliver } from './deliver';
import { Housekeeping } from './housekeeping';
import { MailSender } from './mail-sender';
import { SmsSender } from './sms-sender';
import { MailboxModule } from './mailbox.module';

/** The worker's half: takes jobs, sends messages, sweeps for lost ones. */
@Module({ imports: [MailboxModule], providers: [Deliver, MailSender, SmsSender, Housekeeping] })
export class MessagingModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    private readonly dispatcher: Dispatcher,
    private readonly relay: Relay,
    private readonly deliver: Deliver,
    private readonly mails: MailSender,
    private readonly housekeeping: Housekeeping,
  ) {}

  onApplicationBootstrap(): void {
    this.dispatcher.consume((job) => this.deliver.run(job));
    this.relay.start();
    this.housekeeping.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.relay.stop();
    await this.housekeeping.stop();
    await this.dispatcher.close();
    await this.mails.close();
  }
}
