import { Injectable } from '@nestjs/common';
import { In, IsNull, LessThan, MoreThan } from 'typeorm';
import { Database } from '../../infra/database/database';
import { ProjectRepository } from '../../infra/database/project-repository';
import { TokenEntity, type TokenKind } from './token.entity';

@Injectable()
export class TokensRepository extends ProjectRepository<TokenEntity> {
  constructor(database: Database) {
    super(database, TokenEntity);
  }

  insert(token: TokenEntity): Promise<void> {
    return this.add(token);
  }

  /** @param kinds all of the user's when none is named */
  async removeUnspent(projectId: string, userId: string, kinds?: readonly TokenKind[]): Promise<void> {
    await this.database.writer.delete(TokenEntity, { projectId, userId, ...(kinds && { kind: In([...kinds]) }), spentAt: IsNull() });
  }

  async removeOf(projectId: string, userId: string): Promise<void> {
    await this.remove(projectId, { userId });
  }

  /** Unspent and not expired. */
  live(projectId: string, userId: string, kinds: readonly TokenKind[], now: Date): Promise<TokenEntity[]> {
    return this.database.reader.findBy(TokenEntity, { projectId, userId, kind: In([...kinds]), spentAt: IsNull(), expiresAt: MoreThan(now) });
  }

  /**
   * Spends in one conditional write: of any number of parallel tries, on any number of nodes, one sees its row changed.
   *
   * @returns false when somebody else was first, or time was
   */
  async spend({ projectId, id }: TokenEntity, now: Date): Promise<boolean> {
    const { affected } = await this.database.writer.update(TokenEntity, { projectId, id, spentAt: IsNull(), expiresAt: MoreThan(now) }, { spentAt: now });
    return affected === 1;
  }

  /** Takes one of the tries that a code has, before it is looked at. @returns false when none is left */
  async takeTry({ projectId, id }: TokenEntity, most: number): Promise<boolean> {
    const { affected } = await this.database.writer
      .createQueryBuilder()
      .update(TokenEntity)
      .set({ attempts: () => 'attempts + 1' })
      .where({ projectId, id, attempts: LessThan(most) })
      .execute();
    return affected === 1;
  }
}
