import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { Database } from '../../infra/database/database';
import { ProjectRepository } from '../../infra/database/project-repository';
import { AuthenticatorEntity } from './authenticator.entity';

@Injectable()
export class AuthenticatorsRepository extends ProjectRepository<AuthenticatorEntity> {
  constructor(database: Database) {
    super(database, AuthenticatorEntity);
  }

  ofUser(projectId: string, userId: string): Promise<AuthenticatorEntity | null> {
    return this.one(projectId, { userId, type: 'totp' });
  }

  insert(authenticator: AuthenticatorEntity): Promise<void> {
    return this.add(authenticator);
  }

  async removeOf(projectId: string, userId: string): Promise<boolean> {
    return (await this.remove(projectId, { userId })) > 0;
  }

  /**
   * Spends a time step in one conditional write, and marks the authenticator verified with it.
   *
   * @returns false when this step or a later one was spent before, or the authenticator is another by now
   */
  async spendStep({ projectId, id, verified }: AuthenticatorEntity, step: number, now: Date): Promise<boolean> {
    const { affected } = await this.database.writer.update(
      AuthenticatorEntity,
      { projectId, id, verified, lastStep: LessThan(step) },
      { lastStep: step, verified: true, updatedAt: now },
    );
    return affected === 1;
  }
}
