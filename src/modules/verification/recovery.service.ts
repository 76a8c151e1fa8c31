import { Injectable } from '@nestjs/common';
import type { Caller } from '../../contract/caller';
import { datetime } from '../../contract/datetime';
import { fail } from '../../contract/errors';
import { Database } from '../../infra/database/database';
import { Postage, Projects } from '../projects';
import { SessionEnding } from '../sessions';
import { linkTo, TokenModel, Tokens } from '../tokens';
import { Credentials, SecurityLog, Strangers, Users } from '../users';
import type { ConfirmRecoveryInput, CreateRecoveryInput } from './verification.input';
import { op } from './verification.operations';

/** A new password for who has lost his and still reads his mail. */
@Injectable()
export class Recovery {
  constructor(
    private readonly projects: Projects,
    private readonly users: Users,
    private readonly credentials: Credentials,
    private readonly strangers: Strangers,
    private readonly tokens: Tokens,
    private readonly sessions: SessionEnding,
    private readonly postage: Postage,
    private readonly securityLog: SecurityLog,
    private readonly database: Database,
  ) {}

  /**
   * Known, unknown and blocked addresses get the same answer after the same work: for a stranger everything is written
   * as for a user, under an id that belongs to nobody, and only the mail is missing.
   */
  async create(caller: Caller, { email, url }: CreateRecoveryInput): Promise<TokenModel> {
    const { project } = caller;
    const page = this.projects.redirect(project, url, 'url');
    if (!this.projects.sendsMail(project)) throw fail('general_smtp_disabled');
    const stamp = await this.postage.mail(project, email);
    const user = await this.users.findByEmail(project.id, email);
    if (!user && project.auth.revealAccounts) throw fail('user_not_found');
    const userId = user?.id ?? this.strangers.idOf(project, email);

    return this.database.transaction(async () => {
      const { token, secret } = await this.tokens.issue(project.id, userId, 'recovery', email);
      const data = { user: user?.name ?? '', project: project.name, redirect: linkTo(page, token, secret), expire: datetime(token.expiresAt) };
      await this.postage.send(stamp, userId, { name: 'recovery', locale: caller.locale, data }, { silent: !user?.status });
      await this.securityLog.record(op.createRecovery, caller, userId);
      return TokenModel.of(token, caller, { secret: user ? secret : '' });
    });
  }

  async confirm(caller: Caller, { userId, secret, password, passwordAgain }: ConfirmRecoveryInput): Promise<TokenModel> {
    const { project } = caller;
    if (passwordAgain !== undefined && passwordAgain !== password) throw fail('user_password_mismatch');
    // Before the hash: a wrong secret must not cost the server a quarter of a second.
    const token = await this.tokens.match(project.id, userId, ['recovery'], secret);
    const user = await this.users.find(project.id, userId);
    if (!user) throw fail('user_invalid_token');
    const changed = await this.credentials.prepare(project, user, password);

    return this.database.transaction(async () => {
      await this.tokens.spend(token);
      await this.users.verifyEmail(project, userId, token.address);
      await this.credentials.set(project, user, changed);
      // Whoever else asked for a secret, or holds a session, may be the one who took the account.
      await this.tokens.revoke(project.id, userId);
      if (project.auth.invalidateSessions) await this.sessions.endAll(project.id, userId);
      await this.securityLog.record(op.updateRecovery, caller, userId);
      return TokenModel.of(token, caller);
    });
  }
}
