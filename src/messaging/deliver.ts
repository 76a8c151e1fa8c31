import { Injectable } from '@nestjs/common';
import { MESSAGES } from '../contract/messages';
import { Clock } from '../infra/clock';
import { Vault } from '../infra/crypto/vault';
import { Database } from '../infra/database/database';
import { Log } from '../infra/log';
import { type Envelope, ENVELOPE } from '../infra/outbox/outbox';
import type { OutboxEntity } from '../infra/outbox/outbox.entity';
import { OutboxRepository } from '../infra/outbox/outbox.repository';
import { Tallies } from '../infra/outbox/tallies';
import { Tries } from '../infra/outbox/tries';
import type { Job } from '../infra/queue/dispatcher';
import { Batch } from './batch';
import { ChannelError } from './channels/channel';
import { Flights } from './flights';
import { MailSender } from './mail-sender';
import { SmsSender } from './sms-sender';

/** Sends what the outbox promised: at least once, retried with growing waits, given up in the open. */
@Injectable()
export class Deliver {
  private readonly claims = new Batch((jobs: Job[]) => this.claim(jobs));
  private readonly marks = new Batch((rows: OutboxEntity[]) => this.markSent(rows));

  constructor(
    private readonly outbox: OutboxRepository,
    private readonly tries: Tries,
    private readonly tallies: Tallies,
    private readonly flights: Flights,
    private readonly mails: MailSender,
    private readonly texts: SmsSender,
    private readonly vault: Vault,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** Safe to run again for the same job: a row that is no longer pending, or at another try, is left alone. */
  async run(job: Job): Promise<void> {
    const row = await this.claims.do(job);
    if (!row) return;
    try {
      await this.flights.watch(row, this.send(row));
    } catch (error) {
      return this.tries.failed(row, (error as Error).message, { permanent: error instanceof ChannelError && error.permanent });
    }
    await this.marks.do(row);
    this.tallies.add(row.name, 'sent');
    this.log.info('message.sent', { outboxId: row.id, projectId: row.projectId, message: row.name, attempt: row.attempts });
  }

  private async send(row: OutboxEntity): Promise<void> {
    const { projectId, id, name } = row;
    const envelope = this.open(row);
    // Nobody is helped by a code that does not work any more; a newer one may be in the same mailbox.
    const { expire } = envelope.data as { expire?: string };
    if (expire !== undefined && Date.parse(expire) <= this.clock.now().getTime()) {
      throw new ChannelError(`expired before it could be sent: good until ${expire}${row.lastError ? `; the try before: ${row.lastError}` : ''}`, true);
    }
    if (MESSAGES[name].channel === 'sms') await this.texts.send(projectId, id, name, envelope);
    else await this.mails.send(projectId, id, name, envelope);
  }

  /** A key or a template that fails is the operator's to mend: temporary. */
  private open({ body, name }: OutboxEntity): Envelope {
    if (body === null) throw new ChannelError('its content is gone', true);
    const plain = this.vault.open(body, ENVELOPE);
    try {
      if (!(name in MESSAGES)) throw new ChannelError(`this version does not know the message "${name}"`, false);
      return JSON.parse(plain) as Envelope;
    } catch (error) {
      // A parser quotes what it reads.
      throw error instanceof ChannelError ? error : new ChannelError('its content cannot be read', false);
    }
  }

  private async claim(jobs: Job[]): Promise<(OutboxEntity | undefined)[]> {
    const rows = await this.database.transaction(() => this.outbox.claim(jobs, this.flights.until));
    const taken = new Map(rows.map((row) => [`${row.projectId} ${row.id}`, row]));
    return jobs.map(({ projectId, id, attempt }) => {
      const row = taken.get(`${projectId} ${id}`);
      // One asker, should the same row be asked for twice in a batch.
      taken.delete(`${projectId} ${id}`);
      return row?.attempts === attempt + 1 ? row : undefined;
    });
  }

  private async markSent(rows: OutboxEntity[]): Promise<void[]> {
    await this.database.transaction(() => this.outbox.markSent(rows, this.clock.now()));
    return rows.map(() => undefined);
  }
}
