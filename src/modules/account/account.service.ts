import { Injectable } from '@nestjs/common';
import type { Caller, SignedInCaller } from '../../contract/caller';
import { fail } from '../../contract/errors';
import { SignedOut } from '../../contract/outcome';
import { Jwt } from '../../infra/crypto/jwt';
import { Database } from '../../infra/database/database';
import { Standing } from '../sessions';
import { checkPersonalData, Credentials, SecurityLog, UserModel, Users } from '../users';
import type { CreateAccountInput, CreateJwtInput, NameInput, PrefsInput } from './account.input';
import { op } from './account.operations';
import type { JwtModel } from './jwt.model';

/** Seconds. */
const JWT_LIFETIME = 900;

/** What a user does with his own account. */
@Injectable()
export class Account {
  constructor(
    private readonly users: Users,
    private readonly credentials: Credentials,
    private readonly standing: Standing,
    private readonly securityLog: SecurityLog,
    private readonly jwt: Jwt,
    private readonly database: Database,
  ) {}

  async create(caller: Caller, { userId, email, password, name = '' }: CreateAccountInput): Promise<UserModel> {
    const { project } = caller;
    const id = userId === 'unique()' ? undefined : userId;
    checkPersonalData(project, password, { id, email, name });
    await this.users.mayCreate(project, { id: userId, email });
    const hashed = await this.credentials.prepare(project, null, password); // slow, so before the transaction

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

  /** Only an operator lets him in again. */
  block(caller: SignedInCaller): Promise<SignedOut<UserModel>> {
    return this.database.transaction(async () => {
      const user = await this.standing.block(caller.project, caller.user);
      await this.securityLog.record(op.updateStatus, caller, user.id);
      return new SignedOut(UserModel.of(user));
    });
  }

  async delete({ project, user }: SignedInCaller): Promise<SignedOut> {
    await this.standing.remove(project, user.id);
    return new SignedOut(undefined);
  }

  createJWT(caller: SignedInCaller, { duration = JWT_LIFETIME }: CreateJwtInput): JwtModel {
    // A JWT that could mint the next would outlive every limit on its life.
    if (caller.via === 'jwt') throw fail('user_jwt_creation_denied');
    const claims = { userId: caller.user.id, sessionId: caller.session.id };
    return { jwt: this.jwt.sign(claims, caller.project.id, duration) };
  }
}
