import { Injectable } from '@nestjs/common';
import { In, LessThanOrEqual } from 'typeorm';
import { Database } from '../database/database';
import { ProjectRepository } from '../database/project-repository';
import type { Job } from '../queue/dispatcher';
import { OutboxEntity } from './outbox.entity';

type Key = Pick<OutboxEntity, 'projectId' | 'id'>;

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

  // The worker looks across projects: it serves the queue, not a tenant.

  /** Pending and overdue, codes before alerts, the oldest first. */
  async due(before: Date, most: number): Promise<OutboxEntity[]> {
    const pages: OutboxEntity[] = [];
    for (const urgent of [true, false]) {
      pages.push(...(await this.database.reader.find(OutboxEntity, { where: { state: 'pending', urgent, dueAt: LessThanOrEqual(before) }, order: { dueAt: 'ASC' }, take: most })));
    }
    return pages;
  }

  /** Taken by a worker that has not been heard of since. */
  lapsed(now: Date, most: number): Promise<OutboxEntity[]> {
    return this.database.reader.find(OutboxEntity, { where: { state: 'sending', dueAt: LessThanOrEqual(now) }, order: { dueAt: 'ASC' }, take: most });
  }

  /**
   * Takes rows for one try each. The try counts from here on, so that a message that ends its worker runs out of tries.
   *
   * @param until when others may take a row for abandoned
   * @returns the rows that are the caller's now: those that were pending and still at the try of their job
   */
  async claim(jobs: Pick<Job, 'projectId' | 'id' | 'attempt'>[], until: Date): Promise<OutboxEntity[]> {
    const { writer, isMysql } = this.database;
    // Waits for who else is taking them. Rows that are locked are not skipped: also a neighbour's update may touch them, and
    // a code would wait for the sweep. SQLite's transactions take turns and know no such lock.
    const lock = isMysql ? ({ mode: 'pessimistic_write' } as const) : undefined;
    const found = await writer.find(OutboxEntity, { where: keys(jobs).map((key) => ({ ...key, state: 'pending' as const })), lock });
    const attempts = new Map(jobs.map((job) => [`${job.projectId} ${job.id}`, job.attempt]));
    const taken = found.filter((row) => attempts.get(`${row.projectId} ${row.id}`) === row.attempts);
    if (taken.length) await this.changeAll(taken, { state: 'sending', dueAt: until, attempts: () => 'attempts + 1' });
    return taken.map((row) => ({ ...row, state: 'sending', dueAt: until, attempts: row.attempts + 1 }));
  }

  /** Still at it. */
  async renew(rows: Key[], until: Date): Promise<void> {
    const { writer } = this.database;
    await writer.createQueryBuilder().update(OutboxEntity).set({ dueAt: until }).where(keys(rows).map((key) => ({ ...key, state: 'sending' }))).execute();
  }

  /** The secret inside is of no more use here: it goes. Sent is sent, even if the row was taken for abandoned meanwhile. */
  async markSent(rows: Key[], at: Date): Promise<void> {
    await this.changeAll(rows, { state: 'sent', sentAt: at, body: null });
  }

  /** @returns false when the try is not the row's current one any more */
  async markFailed({ projectId, id, attempts }: OutboxEntity, next: Pick<OutboxEntity, 'state' | 'dueAt' | 'lastError'>, dueAt?: Date): Promise<boolean> {
    return (await this.change(projectId, { id, attempts, state: 'sending', ...(dueAt && { dueAt }) }, next)) > 0;
  }

  /** What was promised to a user who is gone is not sent. */
  async removeOf(projectId: string, userId: string): Promise<void> {
    await this.remove(projectId, { userId });
  }

  private async changeAll(rows: Key[], patch: { [Field in keyof OutboxEntity]?: OutboxEntity[Field] | (() => string) }): Promise<void> {
    await this.database.writer.createQueryBuilder().update(OutboxEntity).set(patch).where(keys(rows)).execute();
  }
}

/** By project, as the primary key has them. */
function keys(rows: Key[]) {
  const projects = new Map<string, string[]>();
  for (const { projectId, id } of rows) projects.set(projectId, [...(projects.get(projectId) ?? []), id]);
  return [...projects].map(([projectId, ids]) => ({ projectId, id: In(ids) }));
}
