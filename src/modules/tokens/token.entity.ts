import { Column, Entity } from 'typeorm';
import { instant } from '../../infra/database/columns';
import { ProjectRow } from '../../infra/database/project-row';

/** What a token proves. It serves nothing else. */
export type TokenKind = 'verification' | 'recovery' | 'magic-url' | 'email-otp' | 'phone-otp' | 'phone-verification' | 'oauth2';

/** A one-time secret that was sent to an address. */
@Entity('tokens')
export class TokenEntity extends ProjectRow {
  @Column(instant('created_at'))
  createdAt: Date;

  @Column({ name: 'user_id', type: 'varchar', length: 36 })
  userId: string;

  @Column({ type: 'varchar', length: 32 })
  kind: TokenKind;

  /** SHA-256 of a link's secret; of a short code a hash with a key, since all of them are soon tried. */
  @Column({ name: 'secret_hash', type: 'varchar', length: 64 })
  secretHash: string;

  /** Where the secret went: it proves this address and no later one. Of `oauth2` it is the identity that was shown. */
  @Column({ type: 'varchar', length: 254 })
  address: string;

  @Column(instant('expires_at'))
  expiresAt: Date;

  @Column(instant('spent_at', { nullable: true }))
  spentAt: Date | null;

  /** Codes shown against this one, right or wrong. */
  @Column({ type: 'int', default: 0 })
  attempts: number;
}
