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
import { remembered } from './credentials';
import { IdentitiesRepository } from './identities.repository';
import { LogsRepository } from './logs.repository';
import { TargetsRepository } from './targets.repository';
import { UserEntity } from './user.entity';
import { type Taken, UsersRepository } from './users.repository';

export interface NewUser {
  /** `unique()` or the caller's choice. */
  id: string;
  email?: string;
  phone?: string;
  name?: string;
  password?: StoredPassword;
  /** What an operator says of one who had his account elsewhere. */
  emailVerified?: boolean;
  phoneVerified?: boolean;
  status?: boolean;
  labels?: string[];
  /** Compact JSON. */
  prefs?: string;
  createdAt?: Date;
}

/** Milliseconds. A user counts as seen again once a day: a write a request would cost more than the news is worth. */
const SEEN_EVERY = 24 * 3_600 * 1_000;

/** Users and the rules of their rows; sign-up and sign-in are told elsewhere. */
@Injectable()
export class Users {
  constructor(
    private readonly users: UsersRepository,
    private readonly targets: TargetsRepository,
    private readonly identities: IdentitiesRepository,
    private readonly logs: LogsRepository,
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

  /** @param phone in its canonical spelling */
  findByPhone(projectId: string, phone: string): Promise<UserEntity | null> {
    return this.users.findByPhone(projectId, phone);
  }

  /** Those of whom an id, an e-mail address or a number is among the given. */
  holders(project: Project, taken: Taken): Promise<Pick<UserEntity, 'id' | 'email' | 'phone'>[]> {
    return this.users.holders(project.id, taken);
  }

  /** Refuses early what the unique indexes would refuse after an expensive hash. @throws Failure `user_already_exists`, `user_count_exceeded` */
  async mayCreate(project: Project, { id, email }: Pick<NewUser, 'id' | 'email'>): Promise<void> {
    const { limit } = project.auth;
    if (limit > 0 && (await this.users.number(project.id)) >= limit) throw fail('user_count_exceeded');
    if (email && (await this.users.findByEmail(project.id, email))) throw fail('user_already_exists');
    if (id !== 'unique()' && (await this.users.find(project.id, id))) throw fail('user_already_exists');
  }

  /** The one place where users come to be. Inside a transaction. @throws Failure `user_already_exists` */
  async create(project: Project, { id, email, phone, name = '', password, ...told }: NewUser): Promise<UserRecord> {
    const now = this.clock.now();
    const user: UserEntity = {
      projectId: project.id,
      id: id === 'unique()' ? uniqueId() : id,
      createdAt: told.createdAt ?? now,
      updatedAt: now,
      name,
      email: email ?? null,
      phone: phone ?? null,
      emailVerified: told.emailVerified ?? false,
      phoneVerified: told.phoneVerified ?? false,
      status: told.status ?? true,
      labels: told.labels ?? [],
      passwordHash: password?.hash ?? null,
      passwordAlgorithm: password?.algorithm ?? null,
      passwordUpdatedAt: password ? now : null,
      passwordHistory: password ? remembered(project, [password]) : null,
      mfa: false,
      totp: false,
      targets: '[]',
      prefs: told.prefs ?? '{}',
      accessedAt: now,
    };
    if (project.auth.limit > 0) await this.holdPlace(project);
    try {
      await this.users.insert(user);
    } catch (error) {
      throw isDuplicate(error) ? fail('user_already_exists') : error;
    }
    if (email) await this.ownTarget(user, 'email', email);
    if (phone) await this.ownTarget(user, 'sms', phone);
    return this.record(project, user.id);
  }

  /** @returns the user with the patch applied; the caller's copy is left alone. Inside a transaction. @throws Failure `user_not_found` */
  async update(project: Project, user: UserRecord, patch: Partial<Pick<UserEntity, 'name' | 'prefs' | 'status' | 'mfa' | 'totp'>>): Promise<UserRecord> {
    const changed = { ...patch, updatedAt: this.clock.now() };
    if ((await this.users.update(project.id, user.id, changed)) === 0) throw fail('user_not_found');
    return { ...user, ...changed };
  }

  /**
   * A new address, unproved until its owner confirms it. Inside a transaction.
   *
   * @throws Failure `general_bad_request` when it is another user's: the answer does not say so
   */
  async changeAddress(project: Project, user: UserEntity, address: { email: string } | { phone: string }): Promise<UserRecord> {
    const at = this.clock.now();
    const patch = 'email' in address ? { ...address, emailVerified: false } : { ...address, phoneVerified: false };
    const [type, identifier] = 'email' in address ? (['email', address.email] as const) : (['sms', address.phone] as const);
    try {
      await this.users.update(project.id, user.id, { ...patch, updatedAt: at });
      if (!(await this.targets.replaceOwn(project.id, user.id, type, identifier, at))) await this.ownTarget(user, type, identifier);
    } catch (error) {
      throw isDuplicate(error) ? fail('general_bad_request', 'This address cannot be used. Choose another.') : error;
    }
    return this.record(project, user.id);
  }

  /** The owner of the address gets the account without what another may have put there: password, number, identities, devices, MFA. Inside a transaction. */
  async reclaim(project: Project, { id, email }: UserRecord): Promise<UserRecord> {
    const at = this.clock.now();
    const nothing = { passwordHash: null, passwordAlgorithm: null, passwordUpdatedAt: null, passwordHistory: null, mfa: false, totp: false };
    const { phone, phoneVerified } = await this.record(project, id);
    const kept = phoneVerified ? phone : null;
    await this.users.update(project.id, id, { ...nothing, phone: kept, emailVerified: true, updatedAt: at });
    await this.identities.removeOf(project.id, id);
    await this.targets.removeAllBut(project.id, id, [email!, ...(kept ? [kept] : [])]);
    return this.record(project, id);
  }

  /** Holds the user's row for the rest of the transaction. @throws Failure `user_blocked` */
  async hold(project: Project, userId: string): Promise<void> {
    if (!(await this.users.hold(project.id, userId, this.clock.now()))) throw fail('user_blocked');
  }

  /** As {@link hold}, whatever the user's standing, and for an id that is nobody's as well. */
  holdRow(projectId: string, userId: string): Promise<void> {
    return this.users.holdRow(projectId, userId);
  }

  /**
   * Replaces a hash made elsewhere or with earlier settings, in the history too; the password itself stays, and so does its date.
   * Nothing happens when the password was changed since `user` was read. Inside a transaction.
   */
  async upgradePassword(project: Project, user: UserEntity, upgraded: StoredPassword): Promise<void> {
    const passwordHistory = user.passwordHistory?.map((earlier) => (earlier.hash === user.passwordHash ? upgraded : earlier)) ?? null;
    const patch = { passwordHash: upgraded.hash, passwordAlgorithm: upgraded.algorithm, passwordHistory };
    await this.users.replaceHash(project.id, user.id, user.passwordHash, patch);
  }

  /** @throws Failure `user_invalid_token` when the address is no longer the user's */
  async verifyEmail(project: Project, userId: string, email: string): Promise<void> {
    if (!(await this.users.markEmailVerified(project.id, userId, email, this.clock.now()))) throw fail('user_invalid_token');
  }

  /** As {@link verifyEmail}. */
  async verifyPhone(project: Project, userId: string, phone: string): Promise<void> {
    if (!(await this.users.markPhoneVerified(project.id, userId, phone, this.clock.now()))) throw fail('user_invalid_token');
  }

  /** The user and what hangs on him here; sessions, tokens and messages are their modules' to remove. Inside a transaction. */
  async remove(project: Project, userId: string): Promise<void> {
    // First: whoever holds his row, as a sign-in does, comes wholly before or finds him gone.
    await this.users.delete(project.id, userId);
    await this.targets.removeOf(project.id, userId);
    await this.identities.removeOf(project.id, userId);
    await this.logs.removeOf(project.id, userId);
  }

  /** Remembers, at most once a day, that the user was here. Nobody waits for it, and nothing fails with it. */
  seen(project: Project, user: UserRecord): void {
    const now = this.clock.now();
    if (now.getTime() - user.accessedAt.getTime() < SEEN_EVERY) return;
    this.database
      .transaction(() => this.users.update(project.id, user.id, { accessedAt: now }))
      .catch((error: unknown) => this.log.error('user.seen.failed', error, { userId: user.id }));
  }

  /** The user as he is now. @throws Failure `user_not_found` */
  async record(project: Project, userId: string): Promise<UserRecord> {
    const user = await this.users.find(project.id, userId);
    if (!user) throw fail('user_not_found');
    return user;
  }

  /** Sign-ups of a project with a limit go one at a time from here on: two at once would both see room for one more. */
  private async holdPlace({ id, auth }: Project): Promise<void> {
    await this.users.holdProject(id);
    if ((await this.users.number(id)) >= auth.limit) throw fail('user_count_exceeded');
  }

  private ownTarget(user: UserEntity, providerType: 'email' | 'sms', identifier: string): Promise<void> {
    const now = this.clock.now();
    return this.targets.insert({
      projectId: user.projectId,
      id: uniqueId(),
      createdAt: now,
      updatedAt: now,
      userId: user.id,
      name: '',
      providerId: null,
      providerType,
      identifier,
      expired: false,
      sessionId: null,
    });
  }
}
