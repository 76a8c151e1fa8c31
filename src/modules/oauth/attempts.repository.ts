import { Injectable } from '@nestjs/common';
import { IsNull, MoreThan } from 'typeorm';
import { Database } from '../../infra/database/database';
import { ProjectRepository } from '../../infra/database/project-repository';
import { AttemptEntity, type TraceEntry } from './attempt.entity';

@Injectable()
export class AttemptsRepository extends ProjectRepository<AttemptEntity> {
  constructor(database: Database) {
    super(database, AttemptEntity);
  }

  insert(attempt: AttemptEntity): Promise<void> {
    return this.add(attempt);
  }

  find(projectId: string, id: string): Promise<AttemptEntity | null> {
    return this.one(projectId, { id });
  }

  /** Spends in one conditional write. @returns false when it was spent before, or time ran out */
  async spend({ projectId, id }: AttemptEntity, now: Date): Promise<boolean> {
    const { affected } = await this.database.writer.update(AttemptEntity, { projectId, id, spentAt: IsNull(), expiresAt: MoreThan(now) }, { spentAt: now });
    return affected === 1;
  }

  async note(projectId: string, id: string, trace: TraceEntry[]): Promise<void> {
    await this.change(projectId, { id }, { trace });
  }

  async removeOf(projectId: string, userId: string): Promise<void> {
    await this.remove(projectId, { userId });
  }
}
