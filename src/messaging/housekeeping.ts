import { Injectable } from '@nestjs/common';
import { Clock } from '../infra/clock';
import { Database } from '../infra/database/database';
import { Log } from '../infra/log';

const HOUR = 3_600;
const DAY = 24 * HOUR;

/**
 * Rows that are of no use any more, and how many seconds they stay nevertheless. Nothing depends on their going: expiry
 * is checked where a row is used (CVE-2025-64708). Dead messages stay long enough for an operator to look at them.
 */
const FINISHED = [
  { table: 'tokens', condition: 'expires_at < ?', keep: DAY },
  // Their traces are for whoever asks why a sign-in failed last week.
  { table: 'oauth_attempts', condition: 'expires_at < ?', keep: 14 * DAY },
  { table: 'challenges', condition: 'expires_at < ?', keep: DAY },
  { table: 'sessions', condition: 'expires_at < ?', keep: DAY },
  { table: 'outbox', condition: "state = 'sent' AND due_at < ?", keep: 7 * DAY },
  { table: 'outbox', condition: "state = 'dead' AND due_at < ?", keep: 90 * DAY },
];

/** Rows a statement removes: short enough that nobody waits for its locks. */
const AT_ONCE = 500;

/** Keeps the tables from growing with what is over. Runs in each worker; that two do it at once does no harm. */
@Injectable()
export class Housekeeping {
  private timer?: NodeJS.Timeout;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  start(): void {
    this.timer = setInterval(() => {
      this.running = this.run();
    }, HOUR * 1_000);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.running;
  }

  async run(): Promise<void> {
    for (const { table, condition, keep } of FINISHED) {
      try {
        const removed = await this.clear(table, condition, this.clock.in(-keep));
        if (removed) this.log.info('housekeeping.removed', { table, rows: removed });
      } catch (error) {
        this.log.error('housekeeping.failed', error, { table });
      }
    }
  }

  private async clear(table: string, condition: string, before: Date): Promise<number> {
    for (let total = 0; ; ) {
      const removed = await this.database.transaction(() => this.database.removeSome(table, condition, before, AT_ONCE));
      total += removed;
      if (removed < AT_ONCE || this.stopped) return total;
    }
  }
}
