import { Column, Entity } from 'typeorm';
import { instant } from '../../infra/database/columns';
import { ProjectRow } from '../../infra/database/project-row';

/** One line of a user's security log. Only ever added. */
@Entity('logs')
export class LogEntity extends ProjectRow {
  @Column({ name: 'user_id', type: 'varchar', length: 36 })
  userId: string;

  @Column({ type: 'varchar', length: 64 })
  event: string;

  /** Who did it: the user himself, a guest who held a secret, an application with its key, or the operator. */
  @Column({ type: 'varchar', length: 8 })
  actor: 'user' | 'guest' | 'app' | 'admin';

  @Column(instant('at'))
  at: Date;

  @Column({ type: 'varchar', length: 45 })
  ip: string;

  @Column({ name: 'user_agent', type: 'varchar', length: 512 })
  userAgent: string;

  @Column({ name: 'request_id', type: 'varchar', length: 36 })
  requestId: string;
}
