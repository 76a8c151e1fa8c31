import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database';
import { ProjectRepository } from '../../infra/database/project-repository';
import { UserEntity } from './user.entity';

@Injectable()
export class UsersRepository extends ProjectRepository<UserEntity> {
  constructor(database: Database) {
    super(database, UserEntity);
  }

  find(projectId: string, id: string): Promise<UserEntity | null> {
    return this.one(projectId, { id });
  }

  /** @param email in its canonical spelling */
  findByEmail(projectId: string, email: string): Promise<UserEntity | null> {
    return this.one(projectId, { email });
  }

  number(projectId: string): Promise<number> {
    return this.count(projectId);
  }

  insert(user: UserEntity): Promise<void> {
    return this.add(user);
  }

  update(projectId: string, id: string, patch: Partial<UserEntity>): Promise<number> {
    return this.change(projectId, { id }, patch);
  }

  /**
   * Marks the user as seen and, by writing, holds the row until the transaction ends: what follows happens one at a time for each user.
   *
   * @returns false when there is no such user or he is blocked
   */
  async hold(projectId: string, id: string, at: Date): Promise<boolean> {
    return (await this.change(projectId, { id, status: true }, { accessedAt: at })) === 1;
  }

  /** @returns false when the user's address is no longer the one that was proved */
  async markEmailVerified(projectId: string, id: string, email: string, at: Date): Promise<boolean> {
    return (await this.change(projectId, { id, email }, { emailVerified: true, updatedAt: at })) === 1;
  }
}
