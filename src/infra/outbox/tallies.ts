import { Injectable } from '@nestjs/common';
import type { MessageName } from '../../contract/messages';
import { Database } from '../database/database';
import { Log } from '../log';
import type { Outcome } from './tally.entity';

/** Milliseconds. */
const EVERY = 1_000;

export interface Tally {
  name: MessageName;
  outcome: Outcome;
  total: number;
}

/**
 * Counts what became of messages, for all processes together. Written once a second rather than with each message, for
 * whose sake ten sends at a time would wait for one row; a process that is killed takes its last second along.
 */
@Injectable()
export class Tallies {
  private fresh = new Map<string, Tally>();
  private timer?: NodeJS.Timeout;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly log: Log,
  ) {}

  add(name: MessageName, outcome: Outcome, count = 1): void {
    const key = `${name} ${outcome}`;
    const tally = this.fresh.get(key) ?? { name, outcome, total: 0 };
    this.fresh.set(key, { ...tally, total: tally.total + count });
  }

  start(): void {
    this.timer = setInterval(() => {
      this.writing = this.writing.then(() => this.write());
    }, EVERY);
  }

  /** What is not written yet is written. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.writing;
    await this.write();
  }

  async totals(): Promise<Tally[]> {
    const rows = await this.database.rows<Tally>('SELECT name, outcome, total FROM message_tallies', []);
    return rows.map((row) => ({ ...row, total: Number(row.total) }));
  }

  private async write(): Promise<void> {
    if (this.fresh.size === 0) return;
    // In one order everywhere, so that two processes never wait for each other.
    const tallies = [...this.fresh].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, tally]) => tally);
    this.fresh = new Map();
    try {
      await this.database.transaction(async () => {
        for (const tally of tallies) await this.raise(tally);
      });
    } catch (error) {
      for (const { name, outcome, total } of tallies) this.add(name, outcome, total);
      this.log.error('tallies.failed', error);
    }
  }

  private async raise({ name, outcome, total }: Tally): Promise<void> {
    const there = this.database.isMysql ? 'ON DUPLICATE KEY' : 'ON CONFLICT DO';
    await this.database.writer.query(`INSERT INTO message_tallies (name, outcome, total) VALUES (?, ?, ?) ${there} UPDATE ${this.database.isMysql ? '' : 'SET '}total = total + ?`, [name, outcome, total, total]);
  }
}
