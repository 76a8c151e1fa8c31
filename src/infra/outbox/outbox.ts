import { Injectable } from '@nestjs/common';
import { type Message, type MessageName, MESSAGES } from '../../contract/messages';
import { Clock } from '../clock';
import { Vault } from '../crypto/vault';
import { Database } from '../database/database';
import { uniqueId } from '../ids';
import { Dispatcher } from '../queue/dispatcher';
import { OutboxRepository } from './outbox.repository';

/** What is sealed into a row's body. */
export type Envelope = Pick<Message, 'to' | 'locale' | 'data'>;

export const ENVELOPE = 'outbox';

/** Promises messages: a row in the caller's transaction, so the effect and its message commit together or not at all. */
@Injectable()
export class Outbox {
  constructor(
    private readonly rows: OutboxRepository,
    private readonly vault: Vault,
    private readonly database: Database,
    private readonly dispatcher: Dispatcher,
    private readonly clock: Clock,
  ) {}

  /**
   * @param silent the row is written as sent and nothing goes out: for addresses that must not be told from others
   * @throws Error outside a transaction
   */
  async publish<Name extends MessageName>(userId: string, { projectId, name, to, locale, data }: Message<Name>, { silent = false } = {}): Promise<void> {
    const id = uniqueId();
    const now = this.clock.now();
    const { urgent } = MESSAGES[name];
    const envelope: Envelope = { to, locale, data };
    const body = this.vault.seal(JSON.stringify(envelope), ENVELOPE);
    await this.rows.insert({
      projectId,
      id,
      userId,
      name,
      body: silent ? null : body,
      urgent,
      state: silent ? 'sent' : 'pending',
      attempts: 0,
      forgiven: 0,
      createdAt: now,
      dueAt: now,
      sentAt: silent ? now : null,
      lastError: null,
    });
    if (silent) return;
    this.database.afterCommit(() => this.dispatcher.dispatch([{ projectId, id, attempt: 0, forgiven: 0, urgent, delay: 0 }]));
  }

  /** Inside a transaction. */
  removeOf(projectId: string, userId: string): Promise<void> {
    return this.rows.removeOf(projectId, userId);
  }
}
