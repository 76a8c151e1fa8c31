import { Injectable } from '@nestjs/common';
import { fail } from '../../contract/errors';
import type { Project } from '../../contract/project';
import type { UserRecord } from '../../contract/records';
import { Clock } from '../../infra/clock';
import type { StoredPassword } from '../../infra/crypto/passwords';
import { Database } from '../../infra/database/database';
import { isDuplicate } from '../../infra/database/failures';
import { uniqueId } from '../../infra/ids';
import { Log } from '../../infra/log';
import { TargetsRepository } from './targets.repository';
import { UserEntity } from './user.entity';
import { UsersRepository } from './users.repository';

export interface NewUser {
  /** `unique()` or the caller's choice. */
  id: string;
  email: string | null;
  name: string;
  password: StoredPassword | null;
}

/** Milliseconds. A user counts as seen again once a day: a write a request would cost more than the news is worth. */
const SEEN_EVERY = 24 * 3_600 * 1_000;

/** Users and the rules of their rows; sign-up and sign-in are told elsewhere. */
@Injectable()
export class Users {
  constructor(
    private readonly users: UsersRepository,
    private readonly targets: TargetsRepository,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  find(projectId: string, id: string): Promise<UserEntity | null> {
    return this.users.find(projectId, id);
  }

  /** @param email in its canonical spelling */
  findByEmail(projectId: string, email: string): Promise<UserEntity | null> {
    return this.users.findByEmail(projectId, email);
  }

  /** Refuses early what the unique indexes would refuse after an expensive hash. @throws Failure `user_already_exists`, `user_count_exceeded` */
  async mayCreate(project: Project, { id, email }: Pick<NewUser, 'id' | 'email'>): Promise<void> {
    const { limit } = project.auth;
    if (limit > 0 && (await this.users.number(project.id)) >= limit) throw fail('user_count_exceeded');
    if (email && (await this.users.findByEmail(project.id, email))) throw fail('user_already_exists');
    if (id !== 'unique()' && (await this.users.find(project.id, id))) throw fail('user_already_exists');
  }

  /** The one place where users come to be. Inside a transaction. @throws Failure `user_already_exists` */
  async create(project: Project, { id, email, name, password }: NewUser): Promise<UserRecord> {
    const now = this.clock.now();
    const user: UserEntity = {
      projectId: project.id,
      id: id === 'unique()' ? uniqueId() : id,
      createdAt: now,
      updatedAt: now,
      name,
      email,
      phone: null,
      emailVerified: false,
      phoneVerified: false,
      status: true,
      labels: [],
      passwordHash: password?.hash ?? null,
      passwordAlgorithm: password?.algorithm ?? null,
      passwordUpdatedAt: password ? now : null,
      mfa: false,
      prefs: '{}',
      accessedAt: now,
    };
    try {
      await this.users.insert(user);
    } catch (error) {
      throw isDuplicate(error) ? fail('user_already_exists') : error;
    }
    if (email) await this.addTarget(user, 'email', email);
    return this.withTargets(user);
  }

  /** @returns the user with the patch applied; the caller's copy is left alone. Inside a transaction. */
  async update(project: Project, user: UserRecord, patch: Partial<Pick<UserEntity, 'name' | 'prefs'>>): Promise<UserRecord> {
    const changed = { ...patch, updatedAt: this.clock.now() };
    if ((await this.users.update(project.id, user.id, changed)) === 0) throw fail('user_not_found');
    return { ...user, ...changed };
  }

  /** Holds the user's row for the rest of the transaction. @throws Failure `user_blocked` */
  async hold(project: Project, userId: string): Promise<void> {
    if (!(await this.users.hold(project.id, userId, this.clock.now()))) throw fail('user_blocked');
  }

  /** Replaces a hash made with earlier settings; the password itself stays, and so does its date. */
  async upgradePassword(project: Project, userId: string, { hash, algorithm }: StoredPassword): Promise<void> {
    await this.users.update(project.id, userId, { passwordHash: hash, passwordAlgorithm: algorithm });
  }

  /** @throws Failure `user_invalid_token` when the address is no longer the user's */
  async verifyEmail(project: Project, userId: string, email: string): Promise<void> {
    const verified = await this.users.markEmailVerified(project.id, userId, email, this.clock.now());
    if (!verified) throw fail('user_invalid_token');
  }

  /** Remembers, at most once a day, that the user was here. Nobody waits for it, and nothing fails with it. */
  seen(project: Project, user: UserRecord): void {
    const now = this.clock.now();
    if (now.getTime() - user.accessedAt.getTime() < SEEN_EVERY) return;
    this.database
      .transaction(() => this.users.update(project.id, user.id, { accessedAt: now }))
      .catch((error: unknown) => this.log.error('user.seen.failed', error, { userId: user.id }));
  }

  async withTargets(user: UserEntity): Promise<UserRecord> {
    return { ...user, targets: await this.targets.ofUser(user.projectId, user.id) };
  }

  private addTarget(user: UserEntity, providerType: 'email' | 'sms', identifier: string): Promise<void> {
    return this.targets.insert({
      projectId: user.projectId,
      id: uniqueId(),
      createdAt: user.createdAt,
      updatedAt: user.createdAt,
      userId: user.id,
      name: '',
      providerId: null,
      providerType,
      identifier,
      expired: false,
    });
  }
}

/** What the account's password is checked against; null when it has none. */
export function passwordOf(user: UserEntity | null): StoredPassword | null {
  return user?.passwordHash && user.passwordAlgorithm ? { hash: user.passwordHash, algorithm: user.passwordAlgorithm } : null;
}
