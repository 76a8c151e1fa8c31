import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database';
import { ProjectRepository } from '../../infra/database/project-repository';
import { FactorLockEntity } from './factor-lock.entity';

@Injectable()
export class FactorLocksRepository extends ProjectRepository<FactorLockEntity> {
  constructor(database: Database) {
    super(database, FactorLockEntity);
  }

  find(projectId: string, userId: string): Promise<FactorLockEntity | null> {
    return this.one(projectId, { id: userId });
  }

  async save(lock: FactorLockEntity): Promise<void> {
    await this.database.writer.upsert(FactorLockEntity, lock, ['projectId', 'id']);
  }

  async removeOf(projectId: string, userId: string): Promise<void> {
    await this.remove(projectId, { id: userId });
  }
}
