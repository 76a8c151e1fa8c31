import { Injectable } from '@nestjs/common';
import type { SignedInCaller } from '../../contract/caller';
import { fail } from '../../contract/errors';
import type { Operation } from '../../contract/operation';
import { Clock } from '../../infra/clock';
import { isShortCode } from '../../infra/crypto/short-codes';
import { otpauthUri } from '../../infra/crypto/totp';
import { Database } from '../../infra/database/database';
import { Authenticators, Guesses, heldFactors, isRecoveryCode, recentlyChallenged, RecoveryCodes } from '../factors';
import { SessionFactors } from '../sessions';
import { SecurityLog, UserModel, Users } from '../users';
import type { DeleteAuthenticatorInput, MfaInput, VerifyAuthenticatorInput } from './mfa.input';
import type { MfaFactorsModel, MfaRecoveryCodesModel, MfaTypeModel } from './mfa.model';
import { op } from './mfa.operations';

/** A user's second factors: which he has, and whether sessions need them. */
@Injectable()
export class Mfa {
  constructor(
    private readonly authenticators: Authenticators,
    private readonly codes: RecoveryCodes,
    private readonly guesses: Guesses,
    private readonly sessions: SessionFactors,
    private readonly users: Users,
    private readonly securityLog: SecurityLog,
    private readonly clock: Clock,
    private readonly database: Database,
  ) {}

  /** Off needs a recent challenge wherever there is a factor to ask for: the account's lock is not opened with a found session. */
  update(caller: SignedInCaller, { mfa }: MfaInput): Promise<UserModel> {
    const { project, user, session } = caller;
    return this.change(caller, op.updateMFA, async () => {
      const present = await this.users.record(project, user.id);
      if (present.mfa === mfa) return UserModel.of(present);
      if (!mfa && heldFactors(present).length > 0) this.needRecent(caller);
      // Who switches it on is not locked out by it; the user's other sessions have to show what they have.
      if (mfa) await this.sessions.add(project.id, user.id, session.id, heldFactors(present));
      return UserModel.of(await this.users.update(project, present, { mfa }));
    });
  }

  addAuthenticator(caller: SignedInCaller): Promise<MfaTypeModel> {
    const { project, user } = caller;
    return this.change(caller, op.createMFAAuthenticator, async () => {
      const secret = await this.authenticators.add(project, user);
      return { secret, uri: otpauthUri(secret, project.name, user.email ?? user.phone ?? (user.name || user.id)) };
    });
  }

  verifyAuthenticator(caller: SignedInCaller, { otp }: VerifyAuthenticatorInput): Promise<UserModel> {
    const { project, user, session } = caller;
    return this.change(caller, op.updateMFAAuthenticator, async () => {
      const verified = await this.authenticators.verify(project, await this.users.record(project, user.id), otp);
      await this.sessions.add(project.id, user.id, session.id, ['totp']);
      return UserModel.of(verified);
    });
  }

  async removeAuthenticator(caller: SignedInCaller, { otp }: DeleteAuthenticatorInput): Promise<void> {
    const { project, user } = caller;
    if (!(await this.authenticators.exists(project, user.id))) throw fail('user_authenticator_not_found');
    if (otp === undefined) this.needRecent(caller);
    else if (!isShortCode(otp) && !isRecoveryCode(otp)) throw fail('user_invalid_token');
    else await this.guesses.take(project, user.id);

    await this.change(caller, op.deleteMFAAuthenticator, async () => {
      if (otp !== undefined) {
        const right = isRecoveryCode(otp) ? await this.codes.accept(project, user.id, otp) : await this.authenticators.accept(project, user.id, otp);
        if (!right) throw fail('user_invalid_token');
        await this.guesses.forgive(project, user.id);
      }
      await this.authenticators.remove(project, user);
    });
  }

  async factors({ project, user }: SignedInCaller): Promise<MfaFactorsModel> {
    const held = heldFactors(user);
    const recoveryCode = await this.codes.exist(project, user.id);
    return { totp: held.includes('totp'), phone: held.includes('phone'), email: held.includes('email'), recoveryCode };
  }

  async recoveryCodes(caller: SignedInCaller): Promise<MfaRecoveryCodesModel> {
    this.needRecent(caller);
    return { recoveryCodes: await this.codes.list(caller.project, caller.user.id) };
  }

  createRecoveryCodes(caller: SignedInCaller): Promise<MfaRecoveryCodesModel> {
    return this.change(caller, op.createMFARecoveryCodes, async () => ({ recoveryCodes: await this.codes.create(caller.project, caller.user.id) }));
  }

  async replaceRecoveryCodes(caller: SignedInCaller): Promise<MfaRecoveryCodesModel> {
    this.needRecent(caller);
    return this.change(caller, op.updateMFARecoveryCodes, async () => ({ recoveryCodes: await this.codes.replace(caller.project, caller.user.id) }));
  }

  /** Changes of one user's factors happen one at a time: two at once would each act on what the other is changing. */
  private change<Result>(caller: SignedInCaller, operation: Operation, work: () => Promise<Result>): Promise<Result> {
    return this.database.transaction(async () => {
      await this.users.hold(caller.project, caller.user.id);
      const result = await work();
      await this.securityLog.record(operation, caller, caller.user.id);
      return result;
    });
  }

  /** @throws Failure `user_challenge_required` */
  private needRecent({ session }: SignedInCaller): void {
    if (!recentlyChallenged(session, this.clock.now())) throw fail('user_challenge_required');
  }
}
