import { Injectable } from '@nestjs/common';
import { MESSAGES } from '../contract/messages';
import { Clock } from '../infra/clock';
import { Vault } from '../infra/crypto/vault';
import { Database } from '../infra/database/database';
import { Log } from '../infra/log';
import { type Envelope, ENVELOPE } from '../infra/outbox/outbox';
import type { OutboxEntity } from '../infra/outbox/outbox.entity';
import { OutboxRepository } from '../infra/outbox/outbox.repository';
import { Dispatcher, type Job } from '../infra/queue/dispatcher';
import { ChannelError } from './channels/channel';
import { MailSender } from './mail-sender';
import { SmsSender } from './sms-sender';

/** Tries before a message is dead: with the waits below, 13 to 26 hours. */
const TRIES = 18;
/** Seconds: 5, 10, 20 … up to four hours, each spread by half, so that a server that comes back is not stormed. */
const FIRST_WAIT = 5;
const LONGEST_WAIT = 4 * 3_600;

/** Sends what the outbox promised: at least once, retried with growing waits, given up in the open. */
@Injectable()
export class Deliver {
  constructor(
    private readonly outbox: OutboxRepository,
    private readonly mails: MailSender,
    private readonly texts: SmsSender,
    private readonly vault: Vault,
    private readonly database: Database,
    private readonly dispatcher: Dispatcher,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** Safe to run again for the same job: a row that is no longer pending, or not due, is left alone. */
  async run({ projectId, id, attempt }: Job): Promise<void> {
    const row = await this.outbox.find(projectId, id);
    if (!row || row.state !== 'pending' || row.attempts !== attempt || row.body === null) return;
    const fields = { outboxId: id, projectId, message: row.name, attempt: attempt + 1 };
    try {
      const envelope = JSON.parse(this.vault.open(row.body, ENVELOPE)) as Envelope;
      if (MESSAGES[row.name].channel === 'sms') await this.texts.send(id, envelope);
      else await this.mails.send(projectId, id, row.name, envelope);
    } catch (error) {
      return this.failed(row, error, fields);
    }
    await this.database.transaction(() => this.outbox.markSent(row, this.clock.now()));
    this.log.info('message.sent', fields);
  }

  private async failed(row: OutboxEntity, error: unknown, fields: Record<string, unknown>): Promise<void> {
    const attempts = row.attempts + 1;
    // A template or a key that fails may be mended by the operator, a refused recipient may not.
    const dead = attempts >= TRIES || (error instanceof ChannelError && error.permanent);
    const wait = backoff(attempts);
    const reason = String((error as Error).message).slice(0, 500);
    await this.database.transaction(async () => {
      await this.outbox.markFailed(row, { state: dead ? 'dead' : 'pending', dueAt: this.clock.in(wait), lastError: reason });
      const next: Job = { projectId: row.projectId, id: row.id, attempt: attempts, urgent: row.urgent, delay: wait * 1_000 };
      if (!dead) this.database.afterCommit(() => this.dispatcher.dispatch([next]));
    });
    this.log.warn(dead ? 'message.dead' : 'message.failed', { ...fields, reason, ...(dead ? {} : { retryIn: Math.round(wait) }) });
  }
}

function backoff(attempts: number): number {
  const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (attempts - 1));
  // eslint-disable-next-line no-restricted-syntax -- jitter, no secret
  return wait * (0.5 + Math.random() / 2);
}
