import { Injectable } from '@nestjs/common';
import { Clock } from '../clock';
import { Log } from '../log';
import { Dispatcher } from '../queue/dispatcher';
import { OutboxRepository } from './outbox.repository';

/** Milliseconds between two sweeps. */
const EVERY = 5_000;
/** Seconds a row may be overdue before the sweep takes it for lost: the nudge after a commit is usually faster. */
const GRACE = 5;
const MOST = 1_000;

/**
 * Finds messages whose nudge was lost: a crash between commit and queue, a Redis that was away or was emptied,
 * a restart of the embedded default. Runs in each worker; a row that is queued already is not queued again.
 */
@Injectable()
export class Relay {
  private timer?: NodeJS.Timeout;
  private sweeping?: Promise<void>;

  constructor(
    private readonly rows: OutboxRepository,
    private readonly dispatcher: Dispatcher,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  start(): void {
    this.sweeping = this.sweep(0);
    this.timer = setInterval(() => {
      this.sweeping = this.sweep(GRACE);
    }, EVERY);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.sweeping;
  }

  private async sweep(grace: number): Promise<void> {
    try {
      const rows = await this.rows.due(this.clock.in(-grace), MOST);
      if (rows.length) this.dispatcher.dispatch(rows.map(({ projectId, id, attempts, urgent }) => ({ projectId, id, attempt: attempts, urgent, delay: 0 })));
    } catch (error) {
      this.log.error('outbox.sweep.failed', error);
    }
  }
}
