import { Injectable } from '@nestjs/common';
import { IsNull, LessThan, MoreThan } from 'typeorm';
import { Database } from '../../infra/database/database';
import { ProjectRepository } from '../../infra/database/project-repository';
import { ChallengeEntity } from './challenge.entity';
import type { FactorName } from './policy';

@Injectable()
export class ChallengesRepository extends ProjectRepository<ChallengeEntity> {
  constructor(database: Database) {
    super(database, ChallengeEntity);
  }

  insert(challenge: ChallengeEntity): Promise<void> {
    return this.add(challenge);
  }

  /** Unspent and not expired, of this very user and session. */
  live(projectId: string, userId: string, sessionId: string, id: string, now: Date): Promise<ChallengeEntity | null> {
    return this.database.reader.findOneBy(ChallengeEntity, { projectId, userId, sessionId, id, spentAt: IsNull(), expiresAt: MoreThan(now) });
  }

  async removeUnspent(projectId: string, userId: string, sessionId: string, factor: FactorName): Promise<void> {
    await this.database.writer.delete(ChallengeEntity, { projectId, userId, sessionId, factor, spentAt: IsNull() });
  }

  async removeOf(projectId: string, userId: string): Promise<void> {
    await this.remove(projectId, { userId });
  }

  /** Spends in one conditional write. @returns false when somebody else was first, or time was */
  async spend({ projectId, id }: ChallengeEntity, now: Date): Promise<boolean> {
    const { affected } = await this.database.writer.update(ChallengeEntity, { projectId, id, spentAt: IsNull(), expiresAt: MoreThan(now) }, { spentAt: now });
    return affected === 1;
  }

  /** Takes one of the tries, before the code is looked at. @returns false when none is left */
  async takeTry({ projectId, id }: ChallengeEntity, most: number): Promise<boolean> {
    const { affected } = await this.database.writer
      .createQueryBuilder()
      .update(ChallengeEntity)
      .set({ attempts: () => 'attempts + 1' })
      .where({ projectId, id, spentAt: IsNull(), attempts: LessThan(most) })
      .execute();
    return affected === 1;
  }
}
