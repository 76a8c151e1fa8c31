import { Injectable } from '@nestjs/common';
import type { Caller, SignedInCaller } from '../../contract/caller';
import { datetime } from '../../contract/datetime';
import { fail } from '../../contract/errors';
import { Database } from '../../infra/database/database';
import { Outbox } from '../../infra/outbox/outbox';
import { Projects } from '../projects';
import { type TokenEntity, TokenModel, Tokens } from '../tokens';
import { SecurityLog, Users } from '../users';
import type { ConfirmVerificationInput, CreateVerificationInput } from './verification.input';
import { op } from './verification.operations';

/** Proving that an address is the user's. */
@Injectable()
export class Verification {
  constructor(
    private readonly projects: Projects,
    private readonly users: Users,
    private readonly tokens: Tokens,
    private readonly outbox: Outbox,
    private readonly securityLog: SecurityLog,
    private readonly database: Database,
  ) {}

  async createEmail(caller: SignedInCaller, { url }: CreateVerificationInput): Promise<TokenModel> {
    const { project, user } = caller;
    const page = this.projects.redirect(project, url, 'url');
    if (!this.projects.sendsMail(project)) throw fail('general_smtp_disabled');
    const { email } = user;
    if (!email) throw fail('user_email_not_found');
    if (user.emailVerified) throw fail('user_email_already_verified');

    return this.database.transaction(async () => {
      const { token, secret } = await this.tokens.issueLink(project.id, user.id, 'verification', email);
      await this.outbox.publish(user.id, {
        name: 'verification',
        projectId: project.id,
        to: email,
        locale: caller.locale,
        data: { user: user.name, project: project.name, redirect: linkTo(page, token, secret), expire: datetime(token.expiresAt) },
      });
      await this.securityLog.record(op.createEmailVerification, caller, user.id);
      return TokenModel.of(token, caller, { secret });
    });
  }

  /** An unknown user fails as a wrong secret does: who has an account is not told. */
  confirmEmail(caller: Caller, { userId, secret }: ConfirmVerificationInput): Promise<TokenModel> {
    const { project } = caller;
    return this.database.transaction(async () => {
      const token = await this.tokens.spend(project.id, userId, 'verification', secret);
      await this.users.verifyEmail(project, userId, token.address);
      await this.securityLog.record(op.updateEmailVerification, caller, userId);
      return TokenModel.of(token, caller);
    });
  }
}

/** The app's page with what it needs to confirm; its own query is kept. */
function linkTo(page: URL, token: TokenEntity, secret: string): string {
  const link = new URL(page);
  link.searchParams.set('userId', token.userId);
  link.searchParams.set('secret', secret);
  link.searchParams.set('expire', datetime(token.expiresAt));
  return link.toString();
}
