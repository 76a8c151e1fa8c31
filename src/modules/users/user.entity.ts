import { Column, Entity } from 'typeorm';
import type { UserRecord } from '../../contract/records';
import type { StoredPassword } from '../../infra/crypto/passwords';
import { instant, jsonText } from '../../infra/database/columns';
import { ProjectRow } from '../../infra/database/project-row';

@Entity('users')
export class UserEntity extends ProjectRow implements UserRecord {
  @Column(instant('created_at'))
  createdAt: Date;

  @Column(instant('updated_at'))
  updatedAt: Date;

  @Column({ type: 'varchar', length: 128 })
  name: string;

  /** In its canonical spelling. */
  @Column({ type: 'varchar', length: 254, nullable: true })
  email: string | null;

  @Column({ type: 'varchar', length: 16, nullable: true })
  phone: string | null;

  @Column({ name: 'email_verified', type: 'boolean' })
  emailVerified: boolean;

  @Column({ name: 'phone_verified', type: 'boolean' })
  phoneVerified: boolean;

  @Column({ type: 'boolean' })
  status: boolean;

  @Column(jsonText('labels'))
  labels: string[];

  @Column({ name: 'password_hash', type: 'varchar', length: 512, nullable: true })
  passwordHash: string | null;

  @Column({ name: 'password_algorithm', type: 'varchar', length: 32, nullable: true })
  passwordAlgorithm: string | null;

  @Column(instant('password_updated_at', { nullable: true }))
  passwordUpdatedAt: Date | null;

  /** Hashes of passwords, newest last, where the project forbids to use them again. */
  @Column(jsonText('password_history', { nullable: true }))
  passwordHistory: StoredPassword[] | null;

  @Column({ type: 'boolean' })
  mfa: boolean;

  /** Has he a verified authenticator app? Kept beside its row, since the gate asks it of every request. */
  @Column({ type: 'boolean' })
  totp: boolean;

  /** Compact JSON as it came, so that key order survives. */
  @Column({ type: 'text' })
  prefs: string;

  /** His targets as they are shown, JSON; written by whatever changes them ({@link TargetsRepository}), so that a request need not join. */
  @Column({ name: 'shown_targets', type: 'text' })
  targets: string;

  @Column(instant('accessed_at'))
  accessedAt: Date;
}
