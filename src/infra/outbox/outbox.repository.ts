import { Injectable } from '@nestjs/common';
import { LessThanOrEqual } from 'typeorm';
import { Database } from '../database/database';
import { ProjectRepository } from '../database/project-repository';
import { OutboxEntity } from './outbox.entity';

@Injectable()
export class OutboxRepository extends ProjectRepository<OutboxEntity> {
  constructor(database: Database) {
    super(database, OutboxEntity);
  }

  insert(row: OutboxEntity): Promise<void> {
    return this.add(row);
  }

  find(projectId: string, id: string): Promise<OutboxEntity | null> {
    return this.one(projectId, { id });
  }

  /** The sweep looks across projects, oldest first: it serves the queue, not a tenant. */
  due(before: Date, most: number): Promise<OutboxEntity[]> {
    return this.database.reader.find(OutboxEntity, {
      where: { state: 'pending', dueAt: LessThanOrEqual(before) },
      order: { dueAt: 'ASC' },
      take: most,
    });
  }

  /** The secret inside is of no more use here: it goes. */
  async markSent(row: OutboxEntity, at: Date): Promise<void> {
    await this.change(row.projectId, { id: row.id, state: 'pending' }, { state: 'sent', sentAt: at, body: null, attempts: row.attempts + 1 });
  }

  async markFailed(row: OutboxEntity, next: { state: 'pending' | 'dead'; dueAt: Date; lastError: string }): Promise<void> {
    await this.change(row.projectId, { id: row.id, state: 'pending' }, { ...next, attempts: row.attempts + 1 });
  }

  /** What was promised to a user who is gone is not sent. */
  async removeOf(projectId: string, userId: string): Promise<void> {
    await this.remove(projectId, { userId });
  }
}
