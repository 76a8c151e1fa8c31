import { Injectable } from '@nestjs/common';
import type { Caller, SignedInCaller } from '../../contract/caller';
import { datetime } from '../../contract/datetime';
import { fail } from '../../contract/errors';
import { Database } from '../../infra/database/database';
import { Postage, Projects } from '../projects';
import { linkTo, TokenModel, Tokens } from '../tokens';
import { SecurityLog, Users } from '../users';
import type { ConfirmInput, CreateVerificationInput } from './verification.input';
import { op } from './verification.operations';

/** Proving that an address is the user's. */
@Injectable()
export class Verification {
  constructor(
    private readonly projects: Projects,
    private readonly users: Users,
    private readonly tokens: Tokens,
    private readonly postage: Postage,
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
    const stamp = await this.postage.mail(project, email);

    return this.database.transaction(async () => {
      const { token, secret } = await this.tokens.issue(project.id, user.id, 'verification', email);
      const data = { user: user.name, project: project.name, redirect: linkTo(page, token, secret), expire: datetime(token.expiresAt) };
      await this.postage.send(stamp, user.id, { name: 'verification', locale: caller.locale, data });
      await this.securityLog.record(op.createEmailVerification, caller, user.id);
      return TokenModel.of(token, caller, { secret });
    });
  }

  /** An unknown user fails as a wrong secret does: who has an account is not told. */
  async confirmEmail(caller: Caller, { userId, secret }: ConfirmInput): Promise<TokenModel> {
    const { project } = caller;
    const token = await this.tokens.match(project.id, userId, ['verification'], secret);
    return this.database.transaction(async () => {
      await this.tokens.spend(token);
      await this.users.verifyEmail(project, userId, token.address);
      await this.securityLog.record(op.updateEmailVerification, caller, userId);
      return TokenModel.of(token, caller);
    });
  }

  async createPhone(caller: SignedInCaller): Promise<TokenModel> {
    const { project, user } = caller;
    if (!this.projects.sendsSms(project)) throw fail('general_phone_disabled');
    const { phone } = user;
    if (!phone) throw fail('user_phone_not_found');
    if (user.phoneVerified) throw fail('user_phone_already_verified');
    const stamp = await this.postage.sms(project, phone);

    return this.database.transaction(async () => {
      const mock = this.projects.mockCode(project, phone);
      const { token, secret } = await this.tokens.issue(project.id, user.id, 'phone-verification', phone, mock);
      const data = { otp: secret, project: project.name, expire: datetime(token.expiresAt) };
      if (!mock) await this.postage.send(stamp, user.id, { name: 'smsVerification', locale: caller.locale, data });
      await this.securityLog.record(op.createPhoneVerification, caller, user.id);
      return TokenModel.of(token, caller, { secret });
    });
  }

  async confirmPhone(caller: Caller, { userId, secret }: ConfirmInput): Promise<TokenModel> {
    const { project } = caller;
    const token = await this.tokens.match(project.id, userId, ['phone-verification'], secret);
    return this.database.transaction(async () => {
      await this.tokens.spend(token);
      await this.users.verifyPhone(project, userId, token.address);
      await this.securityLog.record(op.updatePhoneVerification, caller, userId);
      return TokenModel.of(token, caller);
    });
  }
}
