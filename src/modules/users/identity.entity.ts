import { Column, Entity } from 'typeorm';
import { instant } from '../../infra/database/columns';
import { ProjectRow } from '../../infra/database/project-row';

/** A user as a provider knows him. Provider and uid are the key; the e-mail never is (CVE-2023-3128). */
@Entity('identities')
export class IdentityEntity extends ProjectRow {
  @Column(instant('created_at'))
  createdAt: Date;

  @Column(instant('updated_at'))
  updatedAt: Date;

  @Column({ name: 'user_id', type: 'varchar', length: 36 })
  userId: string;

  @Column({ type: 'varchar', length: 64 })
  provider: string;

  @Column({ name: 'provider_uid', type: 'varchar', length: 255 })
  providerUid: string;

  @Column({ name: 'provider_email', type: 'varchar', length: 254 })
  providerEmail: string;

  /** Sealed, as is the refresh token. */
  @Column({ name: 'provider_access_token', type: 'text', nullable: true })
  providerAccessToken: string | null;

  @Column(instant('provider_access_token_expiry', { nullable: true }))
  providerAccessTokenExpiry: Date | null;

  @Column({ name: 'provider_refresh_token', type: 'text', nullable: true })
  providerRefreshToken: string | null;
}
