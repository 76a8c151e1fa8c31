import { Injectable } from '@nestjs/common';
import { Clock } from '../clock';
import { Log } from '../log';
import { Dispatcher } from '../queue/dispatcher';
import { OutboxRepository } from './outbox.repository';
import { Tries } from './tries';

/** Milliseconds between two sweeps. */
const EVERY = 5_000;
/** The same while there is more than one sweep takes: after a Redis that was emptied, thousands wait for theirs. */
const BUSY = 1_000;
/** Seconds a row may be overdue before the sweep takes it for lost: the nudge after a commit is usually faster. */
const GRACE = 5;
const MOST = 1_000;

/**
 * Finds messages whose nudge was lost (a crash between commit and queue, a Redis that was away or was emptied, a restart
 * of the embedded default), and those whose worker was lost in the middle. Runs in each worker: a row that is queued
 * already is not queued again, and one that two find is one's.
 */
@Injectable()
export class Relay {
  private timer?: NodeJS.Timeout;
  private sweeping: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly rows: OutboxRepository,
    private readonly tries: Tries,
    private readonly dispatcher: Dispatcher,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  start(): void {
    this.sweepIn(0, 0);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.sweeping;
  }

  /** One after the other: a slow database does not get two at once. */
  private sweepIn(milliseconds: number, grace: number): void {
    this.timer = setTimeout(() => {
      this.sweeping = this.sweep(grace).then((more) => {
        if (!this.stopped) this.sweepIn(more ? BUSY : EVERY, GRACE);
      });
    }, milliseconds);
  }

  private async sweep(grace: number): Promise<boolean> {
    try {
      for (const row of await this.rows.lapsed(this.clock.now(), MOST)) {
        if (this.stopped) return false;
        await this.tries.failed(row, 'its worker ended or hung in the middle of the try', { lapsed: true });
      }
      const rows = await this.rows.due(this.clock.in(-grace), MOST);
      if (rows.length) this.dispatcher.dispatch(rows.map(({ projectId, id, attempts, forgiven, urgent }) => ({ projectId, id, attempt: attempts, forgiven, urgent, delay: 0 })));
      return rows.length >= MOST;
    } catch (error) {
      this.log.error('outbox.sweep.failed', error);
      return false;
    }
  }
}
