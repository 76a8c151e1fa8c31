import { Injectable } from '@nestjs/common';
import { fail } from '../../contract/errors';
import { Clock } from '../../infra/clock';
import { randomSecret, sha256 } from '../../infra/crypto/secrets';
import { uniqueId } from '../../infra/ids';
import type { TokenEntity, TokenKind } from './token.entity';
import { TokensRepository } from './tokens.repository';

/** Seconds a secret lives; the seeds' figures. */
export const LIFETIMES: Record<TokenKind, number> = {
  verification: 7 * 24 * 3_600,
};

/** Bytes of entropy of a secret that travels in a link. */
const LINK_SECRET = 32;

/** One-time secrets. Only their hash is kept: whoever reads the table can use none of them. */
@Injectable()
export class Tokens {
  constructor(
    private readonly tokens: TokensRepository,
    private readonly clock: Clock,
  ) {}

  /** A secret for a link; it replaces the user's older unspent ones of this kind. Inside a transaction. */
  async issueLink(projectId: string, userId: string, kind: TokenKind, address: string): Promise<{ token: TokenEntity; secret: string }> {
    const secret = randomSecret(LINK_SECRET);
    const token: TokenEntity = {
      projectId,
      id: uniqueId(),
      createdAt: this.clock.now(),
      userId,
      kind,
      secretHash: sha256(secret),
      address,
      expiresAt: this.clock.in(LIFETIMES[kind]),
      spentAt: null,
    };
    await this.tokens.removeUnspent(projectId, userId, kind);
    await this.tokens.insert(token);
    return { token, secret };
  }

  /** Inside the transaction of its effect: what fails after it leaves the secret unspent. @throws Failure `user_invalid_token` */
  async spend(projectId: string, userId: string, kind: TokenKind, secret: string): Promise<TokenEntity> {
    const token = await this.tokens.spend(projectId, { userId, kind, secretHash: sha256(secret) }, this.clock.now());
    if (!token) throw fail('user_invalid_token');
    return token;
  }
}
