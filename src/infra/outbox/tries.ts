import { Injectable } from '@nestjs/common';
import { Clock } from '../clock';
import { Database } from '../database/database';
import { Log } from '../log';
import { Dispatcher } from '../queue/dispatcher';
import type { OutboxEntity } from './outbox.entity';
import { OutboxRepository } from './outbox.repository';
import { Tallies } from './tallies';

/** Tries before a message is dead: with the waits below, 13 to 26 hours. */
export const TRIES = 18;
/** Seconds: 5, 10, 20 … up to four hours, each spread by half, so that a server that comes back is not stormed. */
const FIRST_WAIT = 5;
const LONGEST_WAIT = 4 * 3_600;

/** What becomes of a message after a try that failed: another try later, or the end, in the open. */
@Injectable()
export class Tries {
  constructor(
    private readonly rows: OutboxRepository,
    private readonly database: Database,
    private readonly dispatcher: Dispatcher,
    private readonly tallies: Tallies,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /**
   * @param row as it was taken, its try counted
   * @param reason for log and operator: nothing of the message
   * @param permanent no other try
   * @param lapsed only if nobody has renewed the row since it was read
   */
  async failed(row: OutboxEntity, reason: string, { permanent = false, lapsed = false } = {}): Promise<void> {
    const { projectId, id, attempts, forgiven, urgent, name } = row;
    const counted = attempts - forgiven;
    const dead = permanent || counted >= TRIES;
    const wait = backoff(counted);
    const lastError = reason.slice(0, 500);
    const changed = await this.database.transaction(async () => {
      const next = { state: dead ? ('dead' as const) : ('pending' as const), dueAt: this.clock.in(dead ? 0 : wait), lastError };
      if (!(await this.rows.markFailed(row, next, lapsed ? row.dueAt : undefined))) return false;
      if (!dead) this.database.afterCommit(() => this.dispatcher.dispatch([{ projectId, id, attempt: attempts, forgiven, urgent, delay: wait * 1_000 }]));
      return true;
    });
    if (!changed) return;
    this.tallies.add(name, 'failed');
    if (dead) this.tallies.add(name, 'dead');
    const fields = { outboxId: id, projectId, message: name, attempt: attempts, reason: lastError };
    this.log.warn(dead ? 'message.dead' : 'message.failed', dead ? fields : { ...fields, retryIn: Math.round(wait) });
  }
}

/** @returns seconds */
export function backoff(attempts: number): number {
  const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (attempts - 1));
  // eslint-disable-next-line no-restricted-syntax -- jitter, no secret
  return wait * (0.5 + Math.random() / 2);
}
