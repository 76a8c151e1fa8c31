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
}
