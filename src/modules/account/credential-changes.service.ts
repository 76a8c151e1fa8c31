import { Injectable } from '@nestjs/common';
import type { SignedInCaller } from '../../contract/caller';
import { fail } from '../../contract/errors';
import type { Operation } from '../../contract/operation';
import type { StoredPassword } from '../../infra/crypto/passwords';
import { Database } from '../../infra/database/database';
import { SessionEnding } from '../sessions';
import { Tokens } from '../tokens';
import { checkPersonalData, Credentials, passwordOf, SecurityLog, type UserEntity, UserModel, Users } from '../users';
import type { ChangeEmailInput, ChangePasswordInput, ChangePhoneInput } from './account.input';
import { op } from './account.operations';

/** Changing what one signs in with. Each needs the password; where there is none yet, the change sets the first. */
@Injectable()
export class CredentialChanges {
  constructor(
    private readonly users: Users,
    private readonly credentials: Credentials,
    private readonly tokens: Tokens,
    private readonly sessions: SessionEnding,
    private readonly securityLog: SecurityLog,
    private readonly database: Database,
  ) {}

  email(caller: SignedInCaller, { email, password }: ChangeEmailInput): Promise<UserModel> {
    return this.changeAddress(caller, { email }, password, op.updateEmail);
  }

  phone(caller: SignedInCaller, { phone, password }: ChangePhoneInput): Promise<UserModel> {
    return this.changeAddress(caller, { phone }, password, op.updatePhone);
  }

  async password(caller: SignedInCaller, { password, oldPassword }: ChangePasswordInput): Promise<UserModel> {
    const { project } = caller;
    const user = await this.load(caller);
    if (passwordOf(user) && (oldPassword === undefined || !(await this.credentials.verify(user, oldPassword)))) throw fail('user_invalid_credentials');
    checkPersonalData(project, password, user);
    const changed = await this.credentials.prepare(project, user, password);

    return this.database.transaction(async () => {
      await this.credentials.replace(project, user, changed);
      // A secret asked for before the change may be in the hands that made the change necessary.
      await this.tokens.revoke(project.id, user.id, ['recovery', 'magic-url', 'email-otp', 'phone-otp']);
      if (project.auth.invalidateSessions) await this.sessions.endAll(project.id, user.id, caller.session.id);
      await this.securityLog.record(op.updatePassword, caller, user.id);
      return UserModel.of(await this.users.record(project, user.id));
    });
  }

  private async changeAddress(caller: SignedInCaller, address: { email: string } | { phone: string }, password: string, operation: Operation): Promise<UserModel> {
    const { project } = caller;
    const user = await this.load(caller);
    const first = await this.firstPassword(caller, user, password, address);

    return this.database.transaction(async () => {
      if (first) await this.credentials.replace(project, user, first);
      // Secrets on their way to the old address prove nothing about the new one.
      await this.tokens.revoke(project.id, user.id);
      const record = await this.users.changeAddress(project, user, address);
      await this.securityLog.record(operation, caller, user.id);
      return UserModel.of(record);
    });
  }

  /** The password of an account that had none, to be set; null where the given one is the account's. @throws Failure `user_invalid_credentials` */
  private async firstPassword({ project }: SignedInCaller, user: UserEntity, password: string, address: object): Promise<StoredPassword | null> {
    if (!passwordOf(user)) {
      checkPersonalData(project, password, { ...user, ...address });
      return this.credentials.prepare(project, user, password);
    }
    if (!(await this.credentials.verify(user, password))) throw fail('user_invalid_credentials');
    return null;
  }

  private async load({ project, user }: SignedInCaller): Promise<UserEntity> {
    const found = await this.users.find(project.id, user.id);
    if (!found) throw fail('user_invalid_credentials');
    return found;
  }
}
