import { Column, Entity } from 'typeorm';
import { instant } from '../../infra/database/columns';
import { ProjectRow } from '../../infra/database/project-row';
import type { FactorName } from './policy';

/** A question put to one session of one user, about one factor. */
@Entity('challenges')
export class ChallengeEntity extends ProjectRow {
  @Column(instant('created_at'))
  createdAt: Date;

  @Column({ name: 'user_id', type: 'varchar', length: 36 })
  userId: string;

  @Column({ name: 'session_id', type: 'varchar', length: 36 })
  sessionId: string;

  @Column({ type: 'varchar', length: 32 })
  factor: FactorName;

  /** Hash with a key of the code that was sent; null where the code comes from elsewhere. */
  @Column({ name: 'code_hash', type: 'varchar', length: 64, nullable: true })
  codeHash: string | null;

  /** Where the code went: it proves this address and no later one. */
  @Column({ type: 'varchar', length: 254, nullable: true })
  address: string | null;

  @Column(instant('expires_at'))
  expiresAt: Date;

  @Column(instant('spent_at', { nullable: true }))
  spentAt: Date | null;

  /** Codes shown, right or wrong. */
  @Column({ type: 'int' })
  attempts: number;
}
