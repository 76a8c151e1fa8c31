import { Injectable } from '@nestjs/common';
import { fail } from '../../contract/errors';
import type { Project } from '../../contract/project';
import { Clock } from '../../infra/clock';
import { Passwords, type StoredPassword } from '../../infra/crypto/passwords';
import { checkDictionary } from './password-policy';
import type { UserEntity } from './user.entity';
import { UsersRepository } from './users.repository';

/** What the account's password is checked against; null when it has none. */
export function passwordOf(user: UserEntity | null): StoredPassword | null {
  return user?.passwordHash && user.passwordAlgorithm ? { hash: user.passwordHash, algorithm: user.passwordAlgorithm } : null;
}

/** A user's password: the project's rules for a new one, and the one place that stores it. */
@Injectable()
export class Credentials {
  constructor(
    private readonly users: UsersRepository,
    private readonly passwords: Passwords,
    private readonly clock: Clock,
  ) {}

  /**
   * Checks and hashes: slow, so outside of transactions.
   *
   * @param user null for one who does not exist yet
   * @throws Failure `general_argument_invalid`, `user_password_recently_used`
   */
  async prepare(project: Project, user: UserEntity | null, password: string): Promise<StoredPassword> {
    checkDictionary(project, password);
    if (user) await this.checkHistory(project, user, password);
    return this.passwords.hash(password);
  }

  /** Inside a transaction. */
  async set(project: Project, user: UserEntity, password: StoredPassword): Promise<void> {
    await this.users.update(project.id, user.id, this.patch(project, user, password));
  }

  /**
   * As {@link set}, by who has shown the present password: worth nothing when another change, or a recovery, came in between.
   *
   * @throws Failure `user_invalid_credentials`
   */
  async replace(project: Project, user: UserEntity, password: StoredPassword): Promise<void> {
    if (!(await this.users.replaceHash(project.id, user.id, user.passwordHash, this.patch(project, user, password)))) throw fail('user_invalid_credentials');
  }

  /** Is this the account's password? Without an account, or without a password, the same work and a no. */
  verify(user: UserEntity | null, password: string): Promise<boolean> {
    return this.passwords.verify(password, passwordOf(user));
  }

  private patch(project: Project, user: UserEntity, { hash, algorithm }: StoredPassword): Partial<UserEntity> {
    const at = this.clock.now();
    return {
      passwordHash: hash,
      passwordAlgorithm: algorithm,
      passwordUpdatedAt: at,
      updatedAt: at,
      passwordHistory: remembered(project, [...(user.passwordHistory ?? []), { hash, algorithm }]),
    };
  }

  private async checkHistory({ auth }: Project, user: UserEntity, password: string): Promise<void> {
    if (auth.passwordHistory === 0) return;
    const current = passwordOf(user);
    const earlier = (user.passwordHistory ?? []).filter(({ hash }) => hash !== current?.hash);
    for (const stored of [...(current ? [current] : []), ...earlier.slice(-auth.passwordHistory)]) {
      if (await this.passwords.verify(password, stored)) throw fail('user_password_recently_used');
    }
  }
}

/** The last ones, newest last; none where the project does not ask. */
export function remembered({ auth }: Project, passwords: StoredPassword[]): StoredPassword[] | null {
  return auth.passwordHistory === 0 ? null : passwords.slice(-auth.passwordHistory);
}
