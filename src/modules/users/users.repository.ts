import { Injectable } from '@nestjs/common';
import { In, IsNull } from 'typeorm';
import { Database } from '../../infra/database/database';
import { ProjectRepository } from '../../infra/database/project-repository';
import { UserEntity } from './user.entity';

/** What no two users of a project share. */
export interface Taken {
  ids: string[];
  emails: string[];
  phones: string[];
}

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

  /** Holds the project until the transaction ends. SQLite's transactions take turns as it is. */
  async holdProject(projectId: string): Promise<void> {
    if (!this.database.isMysql) return;
    await this.database.writer.query('INSERT INTO project_locks (project_id) VALUES (?) ON DUPLICATE KEY UPDATE project_id = project_id', [projectId]);
  }

  insert(user: UserEntity): Promise<void> {
    return this.add(user);
  }

  update(projectId: string, id: string, patch: Partial<UserEntity>): Promise<number> {
    return this.change(projectId, { id }, patch);
  }

  /** @returns false when the password is no longer the one with this hash; null is no password */
  async replaceHash(projectId: string, id: string, passwordHash: string | null, patch: Partial<UserEntity>): Promise<boolean> {
    return (await this.change(projectId, { id, passwordHash: passwordHash ?? (IsNull() as never) }, patch)) === 1;
  }

  /** Is he still there? If so he stays until the transaction ends. SQLite's transactions take turns as it is. */
  async stays(projectId: string, id: string): Promise<boolean> {
    const rows: unknown[] = await this.database.writer.query(`SELECT id FROM users WHERE project_id = ? AND id = ?${this.database.isMysql ? ' FOR UPDATE' : ''}`, [projectId, id]);
    return rows.length > 0;
  }

  /**
   * Marks the user as seen and, by writing, holds the row until the transaction ends: what follows happens one at a time for each user.
   *
   * @returns false when there is no such user or he is blocked
   */
  async hold(projectId: string, id: string, at: Date): Promise<boolean> {
    return (await this.change(projectId, { id, status: true }, { accessedAt: at })) === 1;
  }

  /** Holds the row, if there is one, until the transaction ends. SQLite's transactions take turns as it is. */
  async holdRow(projectId: string, id: string): Promise<void> {
    if (this.database.isMysql) await this.stays(projectId, id);
  }

  findByPhone(projectId: string, phone: string): Promise<UserEntity | null> {
    return this.one(projectId, { phone });
  }

  /** @returns false when the user's address is no longer the one that was proved */
  async markEmailVerified(projectId: string, id: string, email: string, at: Date): Promise<boolean> {
    return (await this.change(projectId, { id, email }, { emailVerified: true, updatedAt: at })) === 1;
  }

  /** As {@link markEmailVerified}. */
  async markPhoneVerified(projectId: string, id: string, phone: string, at: Date): Promise<boolean> {
    return (await this.change(projectId, { id, phone }, { phoneVerified: true, updatedAt: at })) === 1;
  }

  /** Those of whom an id, an e-mail address or a number is among the given. */
  async holders(projectId: string, { ids, emails, phones }: Taken): Promise<Pick<UserEntity, 'id' | 'email' | 'phone'>[]> {
    const where = [
      { projectId, id: In(ids) },
      { projectId, email: In(emails) },
      { projectId, phone: In(phones) },
    ];
    return this.database.reader.find(UserEntity, { where, select: { projectId: true, id: true, email: true, phone: true } });
  }

  delete(projectId: string, id: string): Promise<number> {
    return this.remove(projectId, { id });
  }
}
