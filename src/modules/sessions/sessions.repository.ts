import { Injectable } from '@nestjs/common';
import { In, MoreThan } from 'typeorm';
import type { SessionRecord } from '../../contract/records';
import { Database } from '../../infra/database/database';
import { ProjectRepository } from '../../infra/database/project-repository';
import { BY_ID, BY_SECRET, type CallerRow, type Known, knownFrom } from './caller-read';
import { SessionEntity } from './session.entity';
import { OF_USER, ONE_OF_USER, sessionOf, type SessionRow } from './session-read';

@Injectable()
export class SessionsRepository extends ProjectRepository<SessionEntity> {
  constructor(database: Database) {
    super(database, SessionEntity);
  }

  knownBySecret(projectId: string, secretHash: string, now: Date): Promise<Known | null> {
    return this.known(BY_SECRET, projectId, secretHash, now);
  }

  knownById(projectId: string, id: string, now: Date): Promise<Known | null> {
    return this.known(BY_ID, projectId, id, now);
  }

  insert(session: SessionEntity): Promise<void> {
    return this.add(session);
  }

  /** For showing, so outside of transactions. Oldest first. */
  async ofUser(projectId: string, userId: string): Promise<SessionRecord[]> {
    return (await this.database.rows<SessionRow>(OF_USER, [projectId, userId])).map(sessionOf);
  }

  /** For showing, so outside of transactions. */
  async find(projectId: string, userId: string, id: string): Promise<SessionRecord | null> {
    const [row] = await this.database.rows<SessionRow>(ONE_OF_USER, [projectId, userId, id]);
    return row ? sessionOf(row) : null;
  }

  delete(projectId: string, userId: string, id: string): Promise<number> {
    return this.remove(projectId, { userId, id });
  }

  /** Oldest first; ids grow with time and settle ties. */
  async idsOfUser(projectId: string, userId: string): Promise<string[]> {
    const rows = await this.database.reader.find(SessionEntity, { where: { projectId, userId }, order: { createdAt: 'ASC', id: 'ASC' }, select: { id: true, projectId: true } });
    return rows.map(({ id }) => id);
  }

  /** What has run out stays out. @returns false when there is no such live session */
  async extend(projectId: string, userId: string, id: string, expiresAt: Date, now: Date): Promise<boolean> {
    const { affected } = await this.database.writer.update(SessionEntity, { projectId, userId, id, expiresAt: MoreThan(now) }, { expiresAt, updatedAt: now });
    return affected === 1;
  }

  /** Within the current transaction. @returns null when there is no such session, or its time ran out */
  async factorsOf(projectId: string, userId: string, id: string, now: Date): Promise<string[] | null> {
    const session = await this.database.reader.findOne(SessionEntity, { where: { projectId, userId, id, expiresAt: MoreThan(now) }, select: { projectId: true, id: true, factors: true } });
    return session && session.factors;
  }

  async prove(projectId: string, userId: string, id: string, shown: Partial<Pick<SessionEntity, 'factors' | 'mfaUpdatedAt' | 'updatedAt'>>): Promise<void> {
    await this.change(projectId, { userId, id }, shown);
  }

  async deleteMany(projectId: string, ids: string[]): Promise<void> {
    if (ids.length) await this.database.writer.delete(SessionEntity, { projectId, id: In(ids) });
  }

  private async known(sql: string, projectId: string, key: string, now: Date): Promise<Known | null> {
    const [row] = await this.database.rows<CallerRow>(sql, [projectId, key, now]);
    return row ? knownFrom(row) : null;
  }
}
