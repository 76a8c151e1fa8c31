import { Injectable } from '@nestjs/common';
import { IsNull, MoreThan } from 'typeorm';
import { Database } from '../../infra/database/database';
import { ProjectRepository } from '../../infra/database/project-repository';
import { TokenEntity, type TokenKind } from './token.entity';

export interface TokenKey {
  userId: string;
  kind: TokenKind;
  secretHash: string;
}

@Injectable()
export class TokensRepository extends ProjectRepository<TokenEntity> {
  constructor(database: Database) {
    super(database, TokenEntity);
  }

  insert(token: TokenEntity): Promise<void> {
    return this.add(token);
  }

  async removeUnspent(projectId: string, userId: string, kind: TokenKind): Promise<void> {
    await this.database.writer.delete(TokenEntity, { projectId, userId, kind, spentAt: IsNull() });
  }

  /**
   * Spends in one conditional write: of any number of parallel tries, on any number of nodes, one sees its row changed.
   *
   * @returns the token, or null when the secret is wrong, spent, expired, of another user or of another kind
   */
  async spend(projectId: string, key: TokenKey, now: Date): Promise<TokenEntity | null> {
    const { affected } = await this.database.writer.update(
      TokenEntity,
      { projectId, ...key, spentAt: IsNull(), expiresAt: MoreThan(now) },
      { spentAt: now },
    );
    return affected === 1 ? this.one(projectId, { ...key, spentAt: now }) : null;
  }
}
