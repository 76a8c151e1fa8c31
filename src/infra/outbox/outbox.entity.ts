import { Column, Entity } from 'typeorm';
import type { MessageName } from '../../contract/messages';
import { instant } from '../database/columns';
import { ProjectRow } from '../database/project-row';

/**
 * `sending`: a worker has it; `dueAt` is when it may be taken for abandoned.
 * `dead`: tries are used up, or none would help; an operator sees it and may send it again.
 */
export type OutboxState = 'pending' | 'sending' | 'sent' | 'dead';

/** A message that was promised together with its effect. */
@Entity('outbox')
export class OutboxEntity extends ProjectRow {
  @Column(instant('created_at'))
  createdAt: Date;

  @Column({ name: 'user_id', type: 'varchar', length: 36 })
  userId: string;

  @Column({ type: 'varchar', length: 32 })
  name: MessageName;

  /** Recipient, locale and data, sealed; null once sent. */
  @Column({ type: 'text', nullable: true })
  body: string | null;

  /** Codes and links go before alerts. */
  @Column({ type: 'boolean' })
  urgent: boolean;

  @Column({ type: 'varchar', length: 8 })
  state: OutboxState;

  /** Tries begun. */
  @Column({ type: 'int' })
  attempts: number;

  /** Of these the ones before an operator asked to try again: they do not count against the message any more. */
  @Column({ type: 'int' })
  forgiven: number;

  @Column(instant('due_at'))
  dueAt: Date;

  @Column(instant('sent_at', { nullable: true }))
  sentAt: Date | null;

  @Column({ name: 'last_error', type: 'varchar', length: 500, nullable: true })
  lastError: string | null;
}
