import { Column, Entity } from 'typeorm';
import type { Device, SessionRecord } from '../../contract/records';
import { instant, jsonText } from '../../infra/database/columns';
import { ProjectRow } from '../../infra/database/project-row';

@Entity('sessions')
export class SessionEntity extends ProjectRow implements SessionRecord {
  @Column(instant('created_at'))
  createdAt: Date;

  @Column(instant('updated_at'))
  updatedAt: Date;

  @Column({ name: 'user_id', type: 'varchar', length: 36 })
  userId: string;

  @Column({ name: 'secret_hash', type: 'varchar', length: 64 })
  secretHash: string;

  /** How it was opened: `email`, `anonymous`, `token`, an OAuth2 provider… */
  @Column({ type: 'varchar', length: 64 })
  provider: string;

  @Column({ name: 'provider_uid', type: 'varchar', length: 255 })
  providerUid: string;

  /** The identity behind a sign-in through a provider: its tokens are shown and refreshed with the session. */
  @Column({ name: 'identity_id', type: 'varchar', length: 36, nullable: true })
  identityId: string | null;

  @Column(instant('expires_at'))
  expiresAt: Date;

  @Column({ type: 'varchar', length: 45 })
  ip: string;

  @Column(jsonText('device'))
  device: Device;

  @Column({ name: 'country_code', type: 'varchar', length: 2 })
  countryCode: string;

  @Column(jsonText('factors'))
  factors: string[];

  @Column(instant('mfa_updated_at', { nullable: true }))
  mfaUpdatedAt: Date | null;
}
