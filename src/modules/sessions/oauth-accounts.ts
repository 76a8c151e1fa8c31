import { Injectable } from '@nestjs/common';
import { canonicalEmail } from '../../contract/email-address';
import { fail } from '../../contract/errors';
import type { Project } from '../../contract/project';
import type { UserRecord } from '../../contract/records';
import { Clock } from '../../infra/clock';
import type { AttemptEntity, Profile } from '../oauth';
import { Identities, type UserEntity, Users } from '../users';
import { SessionsRepository } from './sessions.repository';
import { Standing } from './standing';

/**
 * Whose account is it? The provider's own id decides; an address only where the provider vouches for it, and then
 * whatever others may have planted in an account that was never proved dies (pre-hijacking). Inside a transaction.
 */
@Injectable()
export class OAuthAccounts {
  constructor(
    private readonly users: Users,
    private readonly identities: Identities,
    private readonly sessions: SessionsRepository,
    private readonly standing: Standing,
    private readonly clock: Clock,
  ) {}

  /** @throws Failure that the app is told */
  async holder(project: Project, attempt: AttemptEntity, { uid, email, emailVerified, name }: Profile): Promise<UserRecord> {
    const known = await this.identities.ownerOf(project.id, attempt.provider, uid);
    const address = canonicalEmail(email);
    const proved = emailVerified ? address : null;
    if (attempt.userId) return this.linked(project, attempt, known, proved, name);
    if (known) return this.named(project, await this.users.record(project, known), name);

    if (!address) throw fail('user_unauthorized', 'The provider gave no e-mail address. Allow it to share one, then try again.');
    const holder = await this.heldBy(project, address);
    if (!holder) return this.users.create(project, { id: 'unique()', email: address, emailVerified, name: name.slice(0, 128) });
    if (!emailVerified) throw fail('general_bad_request', 'The provider does not vouch for the e-mail address, and it belongs to an account. Sign in to that account first.');
    return this.named(project, holder.emailVerified ? holder : await this.standing.takeOver(project, holder), name);
  }

  /** He was signed in at the start, and must be still. */
  private async linked(project: Project, { userId, sessionId }: AttemptEntity, known: string | null, proved: string | null, name: string): Promise<UserRecord> {
    // Held first: a session that is just being ended links nothing.
    await this.users.holdRow(project.id, userId!);
    if (!(await this.sessions.factorsOf(project.id, userId!, sessionId!, this.clock.now()))) throw fail('user_unauthorized', 'The session that began this has ended. Sign in again.');
    const user = await this.users.find(project.id, userId!);
    if (!user) throw fail('user_unauthorized', 'The account that began this is gone.');
    if (known && known !== user.id) throw fail('user_already_exists', 'This account at the provider belongs to another user.');
    if (!user.email && proved) return this.named(project, await this.adopt(project, user, proved), name);
    return this.named(project, user, name);
  }

  /** An anonymous user gets the address that the provider vouches for. */
  private async adopt(project: Project, user: UserEntity, email: string): Promise<UserRecord> {
    const holder = await this.users.findByEmail(project.id, email);
    if (holder) throw fail('user_already_exists', 'An account with this e-mail address exists already. Sign in to it instead.');
    await this.users.changeAddress(project, user, { email });
    await this.users.verifyEmail(project, user.id, email);
    return this.users.record(project, user.id);
  }

  /**
   * The account with this address, held before it is judged: sign-ins of whoever planted it come wholly before, and are
   * then ended, or find it taken over; and an address that he changes meanwhile is no longer his.
   */
  private async heldBy(project: Project, address: string): Promise<UserEntity | null> {
    const found = await this.users.findByEmail(project.id, address);
    if (!found) return null;
    await this.users.holdRow(project.id, found.id);
    return this.users.findByEmail(project.id, address);
  }

  private async named(project: Project, user: UserRecord, name: string): Promise<UserRecord> {
    return user.name || !name ? user : this.users.update(project, user, { name: name.slice(0, 128) });
  }
}
