import { Column, Entity } from 'typeorm';
import { instant } from '../../infra/database/columns';
import { ProjectRow } from '../../infra/database/project-row';

/** Wrong codes in a row, of one user; the row's id is the user's. */
@Entity('factor_locks')
export class FactorLockEntity extends ProjectRow {
  @Column({ type: 'int' })
  failures: number;

  @Column(instant('locked_until', { nullable: true }))
  lockedUntil: Date | null;
}
