import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Database } from '../../infra/database/database';
import { ProjectRepository } from '../../infra/database/project-repository';
import { RecoveryCodeEntity } from './recovery-code.entity';

@Injectable()
export class RecoveryCodesRepository extends ProjectRepository<RecoveryCodeEntity> {
  constructor(database: Database) {
    super(database, RecoveryCodeEntity);
  }

  /** In the order they were made. */
  ofUser(projectId: string, userId: string): Promise<RecoveryCodeEntity[]> {
    return this.all(projectId, { userId }, { id: 'ASC' });
  }

  number(projectId: string, userId: string): Promise<number> {
    return this.count(projectId, { userId });
  }

  insert(code: RecoveryCodeEntity): Promise<void> {
    return this.add(code);
  }

  /** Spends a code by removing its row: of any number of parallel tries one sees it go. @param hashes of one code, one for each key in use */
  async spend(projectId: string, userId: string, hashes: string[]): Promise<boolean> {
    const { affected } = await this.database.writer.delete(RecoveryCodeEntity, { projectId, userId, codeHash: In(hashes) });
    return affected === 1;
  }

  async removeOf(projectId: string, userId: string): Promise<void> {
    await this.remove(projectId, { userId });
  }
}
