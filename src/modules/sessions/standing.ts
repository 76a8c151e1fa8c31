import { Injectable } from '@nestjs/common';
import type { Project } from '../../contract/project';
import type { UserRecord } from '../../contract/records';
import { Database } from '../../infra/database/database';
import { Outbox } from '../../infra/outbox/outbox';
import { Attempts } from '../oauth';
import { Factors } from '../factors';
import { Tokens } from '../tokens';
import { Users } from '../users';
import { SessionEnding } from './session-ending';

/** Whether a user is let in, and that he can go. Each joins the caller's transaction or opens one. */
@Injectable()
export class Standing {
  constructor(
    private readonly users: Users,
    private readonly tokens: Tokens,
    private readonly attempts: Attempts,
    private readonly factors: Factors,
    private readonly sessions: SessionEnding,
    private readonly outbox: Outbox,
    private readonly database: Database,
  ) {}

  /**
   * From here on every credential of his is refused. His sessions stay as rows, so that they are told why.
   *
   * @throws Failure `user_not_found`
   */
  block(project: Project, user: UserRecord): Promise<UserRecord> {
    return this.database.transaction(async () => {
      const blocked = await this.users.update(project, user, { status: false });
      await this.tokens.revoke(project.id, user.id);
      return blocked;
    });
  }

  /** He may sign in again. What was opened before the block does not come back to life. @throws Failure `user_not_found` */
  unblock(project: Project, user: UserRecord): Promise<UserRecord> {
    return this.database.transaction(async () => {
      const unblocked = await this.users.update(project, user, { status: true });
      await this.sessions.endAll(project.id, user.id);
      await this.tokens.revoke(project.id, user.id);
      return unblocked;
    });
  }

  /**
   * The owner of the address has come, and the account was made by somebody who never proved it: whatever that one may
   * have left behind to come back by goes. Joins the caller's transaction or opens one.
   */
  takeOver(project: Project, user: UserRecord): Promise<UserRecord> {
    return this.database.transaction(async () => {
      await this.sessions.endAll(project.id, user.id);
      await this.tokens.revoke(project.id, user.id);
      await this.factors.removeOf(project.id, user.id);
      return this.users.reclaim(project, user);
    });
  }

  /** Everything of the user: sessions and with them JWTs, secrets, factors, addresses, identities, log, and what was not sent yet. */
  remove(project: Project, userId: string): Promise<void> {
    return this.database.transaction(async () => {
      await this.users.remove(project, userId);
      await this.sessions.endAll(project.id, userId);
      await this.tokens.removeOf(project.id, userId);
      await this.attempts.removeOf(project.id, userId);
      await this.factors.removeOf(project.id, userId);
      await this.outbox.removeOf(project.id, userId);
    });
  }
}
