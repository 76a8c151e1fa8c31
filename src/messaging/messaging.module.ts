import { setTimeout as pause } from 'node:timers/promises';
import { Module, type OnApplicationBootstrap, type BeforeApplicationShutdown } from '@nestjs/common';
import { Relay } from '../infra/outbox/relay';
import { Tallies } from '../infra/outbox/tallies';
import { Dispatcher } from '../infra/queue/dispatcher';
import { Deliver } from './deliver';
import { Flights } from './flights';
import { Housekeeping } from './housekeeping';
import { MailSender } from './mail-sender';
import { SendersModule } from './senders.module';

/** Milliseconds that messages in flight get at the end. Orchestrators kill after thirty seconds, if not told otherwise. */
const DRAIN = 15_000;
/** Milliseconds that mail servers get to hear that we go. */
const FAREWELL = 500;

/** The worker's half: takes jobs, sends messages, sweeps for lost ones. */
@Module({ imports: [SendersModule], providers: [Deliver, Flights, Housekeeping] })
export class MessagingModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    private readonly dispatcher: Dispatcher,
    private readonly relay: Relay,
    private readonly deliver: Deliver,
    private readonly flights: Flights,
    private readonly mails: MailSender,
    private readonly tallies: Tallies,
    private readonly housekeeping: Housekeeping,
  ) {}

  onApplicationBootstrap(): void {
    this.flights.start();
    this.dispatcher.consume((job) => this.deliver.run(job));
    this.relay.start();
    this.housekeeping.start();
    this.tallies.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.flights.endWithin(DRAIN);
    // Side by side: while one waits for the database, the others take nothing new.
    await Promise.all([this.relay.stop(), this.housekeeping.stop(), this.dispatcher.close()]);
    this.flights.stop();
    // A mail that was given back may still be waiting for its server.
    await Promise.race([this.mails.close(), pause(FAREWELL, undefined, { ref: false })]);
    await this.tallies.stop();
  }
}
