import { Column, Entity } from 'typeorm';
import { instant } from '../../infra/database/columns';
import { ProjectRow } from '../../infra/database/project-row';

/** An app on the user's phone that shares a secret with us (TOTP, RFC 6238). One a user and type. */
@Entity('authenticators')
export class AuthenticatorEntity extends ProjectRow {
  @Column(instant('created_at'))
  createdAt: Date;

  @Column(instant('updated_at'))
  updatedAt: Date;

  @Column({ name: 'user_id', type: 'varchar', length: 36 })
  userId: string;

  @Column({ type: 'varchar', length: 32 })
  type: 'totp';

  /** Base32, sealed. */
  @Column({ type: 'text' })
  secret: string;

  /** False: the user has not shown a code yet, and it counts for nothing. */
  @Column({ type: 'boolean' })
  verified: boolean;

  /** The latest time step of which a code was spent: that code and all earlier ones are worth nothing (RFC 6238 section 5.2). 0: none yet. */
  @Column({ name: 'last_step', type: 'int' })
  lastStep: number;
}
