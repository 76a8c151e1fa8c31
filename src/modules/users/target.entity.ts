import { Column, Entity } from 'typeorm';
import type { TargetRecord } from '../../contract/records';
import { instant } from '../../infra/database/columns';
import { ProjectRow } from '../../infra/database/project-row';

/** Where a user can be reached: an e-mail address, a phone, a device. */
@Entity('targets')
export class TargetEntity extends ProjectRow implements TargetRecord {
  @Column(instant('created_at'))
  createdAt: Date;

  @Column(instant('updated_at'))
  updatedAt: Date;

  @Column({ name: 'user_id', type: 'varchar', length: 36 })
  userId: string;

  @Column({ type: 'varchar', length: 255 })
  name: string;

  @Column({ name: 'provider_id', type: 'varchar', length: 36, nullable: true })
  providerId: string | null;

  @Column({ name: 'provider_type', type: 'varchar', length: 8 })
  providerType: TargetRecord['providerType'];

  @Column({ type: 'varchar', length: 255 })
  identifier: string;

  @Column({ type: 'boolean' })
  expired: boolean;

  /** The session that a device was registered with; its end expires the target. */
  @Column({ name: 'session_id', type: 'varchar', length: 36, nullable: true })
  sessionId: string | null;
}
