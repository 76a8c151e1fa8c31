import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Database } from '../../infra/database/database';
import { ProjectRepository } from '../../infra/database/project-repository';
import { BY_ID, BY_SECRET, type CallerRow, fold, type Known } from './caller-read';
import { SessionEntity } from './session.entity';

@Injectable()
export class SessionsRepository extends ProjectRepository<SessionEntity> {
  constructor(database: Database) {
    super(database, SessionEntity);
  }

  async knownBySecret(projectId: string, secretHash: string, now: Date): Promise<Known | null> {
    return fold(await this.database.rows<CallerRow>(BY_SECRET, [projectId, secretHash, now]));
  }

  async knownById(projectId: string, id: string, now: Date): Promise<Known | null> {
    return fold(await this.database.rows<CallerRow>(BY_ID, [projectId, id, now]));
  }

  insert(session: SessionEntity): Promise<void> {
    return this.add(session);
  }

  /** Oldest first; ids grow with time and settle ties. */
  ofUser(projectId: string, userId: string): Promise<SessionEntity[]> {
    return this.all(projectId, { userId }, { createdAt: 'ASC', id: 'ASC' });
  }

  find(projectId: string, userId: string, id: string): Promise<SessionEntity | null> {
    return this.one(projectId, { userId, id });
  }

  delete(projectId: string, userId: string, id: string): Promise<number> {
    return this.remove(projectId, { userId, id });
  }

  deleteAll(projectId: string, userId: string): Promise<number> {
    return this.remove(projectId, { userId });
  }

  async deleteMany(projectId: string, ids: string[]): Promise<void> {
    if (ids.length) await this.database.writer.delete(SessionEntity, { projectId, id: In(ids) });
  }
}
