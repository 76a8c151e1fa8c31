import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database';
import { ProjectRepository } from '../../infra/database/project-repository';
import { LogEntity } from './log.entity';

@Injectable()
export class LogsRepository extends ProjectRepository<LogEntity> {
  constructor(database: Database) {
    super(database, LogEntity);
  }

  insert(entry: LogEntity): Promise<void> {
    return this.add(entry);
  }

  /** Newest first. */
  async ofUser(projectId: string, userId: string, take: number, skip: number): Promise<{ rows: LogEntity[]; total: number }> {
    const [rows, total] = await this.database.reader.findAndCount(LogEntity, { where: { projectId, userId }, order: { at: 'DESC', id: 'DESC' }, take, skip });
    return { rows, total };
  }

  async removeOf(projectId: string, userId: string): Promise<void> {
    await this.remove(projectId, { userId });
  }
}
