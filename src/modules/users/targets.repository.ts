import { Injectable } from '@nestjs/common';
import { In, Not } from 'typeorm';
import { Database } from '../../infra/database/database';
import { ProjectRepository } from '../../infra/database/project-repository';
import { TargetEntity } from './target.entity';
import { TargetModel } from './target.model';
import { UsersRepository } from './users.repository';

/**
 * Targets, and their copy in the user's row: joined in, they made the read behind every request half as expensive again
 * and three times the work for the database. Each change here ends by writing the copy, in the same transaction.
 */
@Injectable()
export class TargetsRepository extends ProjectRepository<TargetEntity> {
  constructor(
    database: Database,
    private readonly users: UsersRepository,
  ) {
    super(database, TargetEntity);
  }

  async insert(target: TargetEntity): Promise<void> {
    await this.add(target);
    await this.copy(target.projectId, target.userId);
  }

  find(projectId: string, userId: string, id: string): Promise<TargetEntity | null> {
    return this.one(projectId, { userId, id });
  }

  async update(projectId: string, userId: string, id: string, patch: Partial<TargetEntity>): Promise<void> {
    await this.change(projectId, { userId, id }, patch);
    await this.copy(projectId, userId);
  }

  async delete(projectId: string, userId: string, id: string): Promise<void> {
    await this.remove(projectId, { userId, id });
    await this.copy(projectId, userId);
  }

  /** The target that follows the user's own address or number. @returns false when there is none yet */
  async replaceOwn(projectId: string, userId: string, providerType: 'email' | 'sms', identifier: string, at: Date): Promise<boolean> {
    const replaced = (await this.change(projectId, { userId, providerType }, { identifier, updatedAt: at })) > 0;
    if (replaced) await this.copy(projectId, userId);
    return replaced;
  }

  /** Devices that were registered with sessions now ended get no more messages. */
  async expireOf(projectId: string, userId: string, sessionIds: readonly string[]): Promise<void> {
    if (sessionIds.length === 0) return;
    const { affected } = await this.database.writer.update(TargetEntity, { projectId, userId, sessionId: In([...sessionIds]) }, { expired: true });
    if (affected) await this.copy(projectId, userId);
  }

  /** Devices that follow their user from one session to the next. */
  async rebind(projectId: string, userId: string, from: string, to: string): Promise<void> {
    if (await this.change(projectId, { userId, sessionId: from }, { sessionId: to })) await this.copy(projectId, userId);
  }

  /** @param identifiers of those that stay */
  async removeAllBut(projectId: string, userId: string, identifiers: readonly string[]): Promise<void> {
    await this.database.writer.delete(TargetEntity, { projectId, userId, identifier: Not(In([...identifiers])) });
    await this.copy(projectId, userId);
  }

  /** Goes before the user himself. */
  async removeOf(projectId: string, userId: string): Promise<void> {
    await this.remove(projectId, { userId });
  }

  private async copy(projectId: string, userId: string): Promise<void> {
    // Held first: of two changes at once the later copy must know of the earlier.
    await this.users.holdRow(projectId, userId);
    const targets = await this.all(projectId, { userId }, { createdAt: 'ASC', id: 'ASC' });
    await this.users.update(projectId, userId, { targets: JSON.stringify(targets.map((target) => TargetModel.of(target))) });
  }
}
