import { Injectable } from '@nestjs/common';
import type { Caller, SignedInCaller } from '../../contract/caller';
import { fail } from '../../contract/errors';
import { Jwt } from '../../infra/crypto/jwt';
import { Passwords } from '../../infra/crypto/passwords';
import { Database } from '../../infra/database/database';
import { SecurityLog, UserModel, Users } from '../users';
import type { CreateAccountInput, CreateJwtInput, NameInput, PrefsInput } from './account.input';
import { op } from './account.operations';
import type { JwtModel } from './jwt.model';
import { checkPersonalData } from './password-policy';

/** Seconds. */
const JWT_LIFETIME = 900;

/** What a user does with his own account. */
@Injectable()
export class Account {
  constructor(
    private readonly users: Users,
    private readonly passwords: Passwords,
    private readonly securityLog: SecurityLog,
    private readonly jwt: Jwt,
    private readonly database: Database,
  ) {}

  async create(caller: Caller, { userId, email, password, name = '' }: CreateAccountInput): Promise<UserModel> {
    const { project } = caller;
    const id = userId === 'unique()' ? undefined : userId;
    checkPersonalData(project, password, { id, email, name });
    await this.users.mayCreate(project, { id: userId, email });
    const hashed = await this.passwords.hash(password); // slow, so before the transaction

    return this.database.transaction(async () => {
      const user = await this.users.create(project, { id: userId, email, name, password: hashed });
      await this.securityLog.record(op.create, caller, user.id);
      return UserModel.of(user);
    });
  }

  get({ user }: SignedInCaller): UserModel {
    return UserModel.of(user);
  }

  updateName(caller: SignedInCaller, { name }: NameInput): Promise<UserModel> {
    return this.database.transaction(async () => {
      const user = await this.users.update(caller.project, caller.user, { name });
      await this.securityLog.record(op.updateName, caller, user.id);
      return UserModel.of(user);
    });
  }

  getPrefs({ user }: SignedInCaller): object {
    return JSON.parse(user.prefs) as object;
  }

  updatePrefs(caller: SignedInCaller, { prefs }: PrefsInput): Promise<UserModel> {
    return this.database.transaction(async () => {
      const user = await this.users.update(caller.project, caller.user, { prefs: JSON.stringify(prefs) });
      await this.securityLog.record(op.updatePrefs, caller, user.id);
      return UserModel.of(user);
    });
  }

  createJWT(caller: SignedInCaller, { duration = JWT_LIFETIME }: CreateJwtInput): JwtModel {
    // A JWT that could mint the next would outlive every limit on its life.
    if (caller.via === 'jwt') throw fail('user_jwt_creation_denied');
    const claims = { userId: caller.user.id, sessionId: caller.session.id };
    return { jwt: this.jwt.sign(claims, caller.project.id, duration) };
  }
}
