import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database';
import { ProjectRepository } from '../../infra/database/project-repository';
import { TargetEntity } from './target.entity';

@Injectable()
export class TargetsRepository extends ProjectRepository<TargetEntity> {
  constructor(database: Database) {
    super(database, TargetEntity);
  }

  insert(target: TargetEntity): Promise<void> {
    return this.add(target);
  }

  ofUser(projectId: string, userId: string): Promise<TargetEntity[]> {
    return this.all(projectId, { userId }, { createdAt: 'ASC' });
  }
}
