import { Column, Entity } from 'typeorm';
import { ProjectRow } from '../../infra/database/project-row';

/** One of the codes that stand in for a lost factor. A row each, so that two spent at once are both gone; spent ones have no row. */
@Entity('recovery_codes')
export class RecoveryCodeEntity extends ProjectRow {
  @Column({ name: 'user_id', type: 'varchar', length: 36 })
  userId: string;

  /** Sealed: its owner may read it again. */
  @Column({ type: 'text' })
  code: string;

  /** Hash with a key: how a code is found without opening all. */
  @Column({ name: 'code_hash', type: 'varchar', length: 64 })
  codeHash: string;
}
