import { Injectable } from '@nestjs/common';
import type { Caller, SignedInCaller } from '../../contract/caller';
import { fail } from '../../contract/errors';
import { type SignedIn, SignedOut } from '../../contract/outcome';
import type { SessionRecord } from '../../contract/records';
import { Clock } from '../../infra/clock';
import { Passwords } from '../../infra/crypto/passwords';
import { Database } from '../../infra/database/database';
import { Geo } from '../../infra/geo';
import { owesFactor } from '../factors';
import { Identities, passwordOf, SecurityLog, Users } from '../users';
import { ProviderTokens } from './provider-tokens';
import { SessionEnding } from './session-ending';
import { SessionIssuer } from './session-issuer';
import { type SessionListModel, SessionModel } from './session.model';
import type { EmailPasswordInput } from './sessions.input';
import { op } from './sessions.operations';
import { SessionsRepository } from './sessions.repository';

@Injectable()
export class Sessions {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly issuer: SessionIssuer,
    private readonly ending: SessionEnding,
    private readonly users: Users,
    private readonly identities: Identities,
    private readonly providerTokens: ProviderTokens,
    private readonly passwords: Passwords,
    private readonly securityLog: SecurityLog,
    private readonly geo: Geo,
    private readonly clock: Clock,
    private readonly database: Database,
  ) {}

  async createWithPassword(caller: Caller, { email, password }: EmailPasswordInput): Promise<SignedIn<SessionModel>> {
    const { project } = caller;
    const user = await this.users.findByEmail(project.id, email);
    const stored = passwordOf(user);
    // Unknown address or no password: hashed all the same, so that timing never tells who has an account.
    if (!(await this.passwords.verify(password, stored)) || !user || !stored) throw fail('user_invalid_credentials');
    const upgraded = this.passwords.outdated(stored) ? await this.passwords.hash(password) : null;

    return this.database.transaction(async () => {
      if (upgraded) await this.users.upgradePassword(project, user, upgraded);
      const signedIn = await this.issuer.issue(user.id, { provider: 'email', providerUid: email, factors: ['password'] }, caller, op.createEmailPasswordSession);
      // The row is held by now: a password that was changed, or taken away, while it was being checked opens nothing.
      const { passwordUpdatedAt } = await this.users.record(project, user.id);
      if (passwordUpdatedAt?.getTime() !== user.passwordUpdatedAt?.getTime()) throw fail('user_invalid_credentials');
      return signedIn;
    });
  }

  async createAnonymous(caller: Caller): Promise<SignedIn<SessionModel>> {
    const { project } = caller;
    await this.users.mayCreate(project, { id: 'unique()' });
    return this.database.transaction(async () => {
      const user = await this.users.create(project, { id: 'unique()' });
      return this.issuer.issue(user.id, { provider: 'anonymous', providerUid: '', factors: ['anonymous'] }, caller, op.createAnonymousSession);
    });
  }

  /** Its life begins anew, as long as the project gives; so do the tokens of its provider. */
  async extend(caller: SignedInCaller, sessionId: string): Promise<SessionModel> {
    const { project, user } = caller;
    const id = this.idOf(caller, sessionId);
    const session = await this.sessions.find(project.id, user.id, id);
    if (session?.identityId) await this.providerTokens.refresh(project, user.id, session.identityId);
    await this.database.transaction(async () => {
      const extended = await this.sessions.extend(project.id, user.id, id, this.clock.in(project.auth.sessionDuration), this.clock.now());
      if (!extended) throw fail('user_session_not_found');
      await this.securityLog.record(op.updateSession, caller, user.id);
    });
    return this.get(caller, id);
  }

  async list(caller: SignedInCaller): Promise<SessionListModel> {
    const sessions = await this.sessions.ofUser(caller.project.id, caller.user.id);
    return { total: sessions.length, sessions: sessions.map((session) => this.show(session, caller)) };
  }

  async get(caller: SignedInCaller, sessionId: string): Promise<SessionModel> {
    const session = await this.sessions.find(caller.project.id, caller.user.id, this.idOf(caller, sessionId));
    if (!session) throw fail('user_session_not_found');
    return this.show(session, caller);
  }

  async delete(caller: SignedInCaller, sessionId: string): Promise<SignedOut | undefined> {
    const id = this.idOf(caller, sessionId);
    // Who has only the password may walk away, not turn the owner out.
    if (id !== caller.session.id && owesFactor(caller.project, caller.user, caller.session)) throw fail('user_more_factors_required');
    await this.database.transaction(async () => {
      if (!(await this.ending.end(caller.project.id, caller.user.id, id))) throw fail('user_session_not_found');
      await this.securityLog.record(op.deleteSession, caller, caller.user.id);
    });
    return this.isCurrent(caller, id) ? new SignedOut(undefined) : undefined;
  }

  async deleteAll(caller: SignedInCaller): Promise<SignedOut> {
    await this.database.transaction(async () => {
      await this.ending.endAll(caller.project.id, caller.user.id);
      await this.securityLog.record(op.deleteSessions, caller, caller.user.id);
    });
    return new SignedOut(undefined);
  }

  /** `current` means the session of the request's own secret; a JWT carries none, and no session has that id. */
  private idOf(caller: SignedInCaller, sessionId: string): string {
    return sessionId === 'current' && caller.via === 'session' ? caller.session.id : sessionId;
  }

  private isCurrent(caller: SignedInCaller, sessionId: string): boolean {
    return caller.via === 'session' && caller.session.id === sessionId;
  }

  private show(session: SessionRecord, caller: SignedInCaller): SessionModel {
    return SessionModel.of(session, {
      country: this.geo.named(session.countryCode, caller.locale),
      current: this.isCurrent(caller, session.id),
      tokens: session.providerTokens ? this.identities.shown(session.providerTokens) : undefined,
    });
  }
}
