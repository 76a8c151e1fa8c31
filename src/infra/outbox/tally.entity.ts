import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { MessageName } from '../../contract/messages';

/** `failed` counts tries, the others messages. */
export const OUTCOMES = ['sent', 'failed', 'dead'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** How many there ever were, of all projects together: rows of the outbox go after a week, and a counter must not fall. */
@Entity('message_tallies')
export class TallyEntity {
  @PrimaryColumn({ type: 'varchar', length: 32 })
  name: MessageName;

  @PrimaryColumn({ type: 'varchar', length: 8 })
  outcome: Outcome;

  @Column({ type: 'bigint' })
  total: string;
}
