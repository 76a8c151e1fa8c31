import { Injectable } from '@nestjs/common';
import { fail } from '../../contract/errors';
import type { Project } from '../../contract/project';
import type { UserRecord } from '../../contract/records';
import { Clock } from '../../infra/clock';
import { matchingStep, totpSecret } from '../../infra/crypto/totp';
import { Vault } from '../../infra/crypto/vault';
import { uniqueId } from '../../infra/ids';
import { Users } from '../users';
import type { AuthenticatorEntity } from './authenticator.entity';
import { AuthenticatorsRepository } from './authenticators.repository';

/** What the vault seals the secret for. */
const PURPOSE = 'totp secret';
const FORM = /^\d{6}$/;

/** Authenticator apps: added, verified by a first code, and their codes spent. Every method belongs into a transaction that holds the user's row. */
@Injectable()
export class Authenticators {
  constructor(
    private readonly authenticators: AuthenticatorsRepository,
    private readonly users: Users,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  /** A new secret, in place of one that was never verified. @throws Failure `user_authenticator_already_verified` */
  async add(project: Project, user: UserRecord): Promise<string> {
    const earlier = await this.authenticators.ofUser(project.id, user.id);
    if (earlier?.verified) throw fail('user_authenticator_already_verified');
    if (earlier) await this.authenticators.removeOf(project.id, user.id);
    const secret = totpSecret();
    const now = this.clock.now();
    const sealed = this.vault.seal(secret, PURPOSE);
    await this.authenticators.insert({ projectId: project.id, id: uniqueId(), createdAt: now, updatedAt: now, userId: user.id, type: 'totp', secret: sealed, verified: false, lastStep: 0 });
    return secret;
  }

  /**
   * The first code proves that the app has the secret; the same code proves nothing more later.
   *
   * @throws Failure `user_authenticator_not_found`, `user_authenticator_already_verified`, `user_invalid_token`
   */
  async verify(project: Project, user: UserRecord, code: string): Promise<UserRecord> {
    const authenticator = await this.authenticators.ofUser(project.id, user.id);
    if (!authenticator) throw fail('user_authenticator_not_found');
    if (authenticator.verified) throw fail('user_authenticator_already_verified');
    if (!(await this.spend(authenticator, code))) throw fail('user_invalid_token');
    return this.users.update(project, user, { totp: true });
  }

  /** Spends a code of a verified authenticator. @returns false when it is wrong, spent, or there is none */
  async accept(project: Project, userId: string, code: string): Promise<boolean> {
    const authenticator = await this.authenticators.ofUser(project.id, userId);
    return authenticator?.verified ? this.spend(authenticator, code) : false;
  }

  async exists(project: Project, userId: string): Promise<boolean> {
    return (await this.authenticators.ofUser(project.id, userId)) !== null;
  }

  /** @throws Failure `user_authenticator_not_found` */
  async remove(project: Project, user: UserRecord): Promise<void> {
    if (!(await this.authenticators.removeOf(project.id, user.id))) throw fail('user_authenticator_not_found');
    await this.users.update(project, user, { totp: false });
  }

  private async spend(authenticator: AuthenticatorEntity, code: string): Promise<boolean> {
    if (!FORM.test(code)) return false;
    const now = this.clock.now();
    const step = matchingStep(this.vault.open(authenticator.secret, PURPOSE), code, now);
    return step !== null && this.authenticators.spendStep(authenticator, step, now);
  }
}
