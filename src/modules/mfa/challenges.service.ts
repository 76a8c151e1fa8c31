import { Injectable } from '@nestjs/common';
import type { SignedInCaller } from '../../contract/caller';
import { datetime } from '../../contract/datetime';
import { fail } from '../../contract/errors';
import { Clock } from '../../infra/clock';
import { ShortCodes } from '../../infra/crypto/short-codes';
import { Database } from '../../infra/database/database';
import { uniqueId } from '../../infra/ids';
import { type ChallengeEntity, ChallengesRepository, Guesses } from '../factors';
import { SessionFactors, type SessionModel, Sessions } from '../sessions';
import { SecurityLog, Users } from '../users';
import { FactorList } from './factors';
import type { AnswerChallengeInput, CreateChallengeInput } from './mfa.input';
import { MfaChallengeModel } from './mfa.model';
import { op } from './mfa.operations';

/** Seconds in which a challenge can be answered. */
const LIFETIME = 15 * 60;
/** Codes shown against one challenge before it is burnt. */
const TRIES = 5;

/** Asking a session for another factor. A challenge belongs to its user, its session and its factor. */
@Injectable()
export class Challenges {
  constructor(
    private readonly factors: FactorList,
    private readonly challenges: ChallengesRepository,
    private readonly guesses: Guesses,
    private readonly sessions: Sessions,
    private readonly sessionFactors: SessionFactors,
    private readonly users: Users,
    private readonly codes: ShortCodes,
    private readonly securityLog: SecurityLog,
    private readonly clock: Clock,
    private readonly database: Database,
  ) {}

  /** In place of the session's earlier challenge of this factor. */
  async create(caller: SignedInCaller, { factor }: CreateChallengeInput): Promise<MfaChallengeModel> {
    const { project, user, session } = caller;
    const sending = await this.factors.named(factor).prepare(caller);
    const code = sending ? (sending.fixed ?? this.codes.make()) : null;
    const id = uniqueId();
    const challenge: ChallengeEntity = {
      projectId: project.id,
      id,
      createdAt: this.clock.now(),
      userId: user.id,
      sessionId: session.id,
      factor,
      codeHash: code && this.codes.hash(id, code),
      address: sending?.address ?? null,
      expiresAt: this.clock.in(LIFETIME),
      spentAt: null,
      attempts: 0,
    };
    return this.database.transaction(async () => {
      await this.users.hold(project, user.id);
      await this.challenges.removeUnspent(project.id, user.id, session.id, factor);
      await this.challenges.insert(challenge);
      if (sending && code && !sending.fixed) await sending.send(code, datetime(challenge.expiresAt));
      await this.securityLog.record(op.createMFAChallenge, caller, user.id);
      return MfaChallengeModel.of(challenge);
    });
  }

  /**
   * The right code gives the session the factor, and the next thirty minutes for what needs a recent challenge.
   *
   * @throws Failure `user_invalid_token`, and `general_rate_limit_exceeded` after too many wrong codes
   */
  async answer(caller: SignedInCaller, { challengeId, otp }: AnswerChallengeInput): Promise<SessionModel> {
    const { project, user, session } = caller;
    const challenge = await this.challenges.live(project.id, user.id, session.id, challengeId, this.clock.now());
    if (!challenge) throw fail('user_invalid_token');
    const factor = this.factors.named(challenge.factor);
    if (!factor.fits(otp)) throw fail('user_invalid_token');
    await this.guesses.take(project, user.id, async () => {
      if (!(await this.challenges.takeTry(challenge, TRIES))) throw fail('user_invalid_token');
    });

    await this.database.transaction(async () => {
      await this.users.hold(project, user.id);
      if (!(await factor.accept(caller, challenge, otp))) throw fail('user_invalid_token');
      if (!(await this.challenges.spend(challenge, this.clock.now()))) throw fail('user_invalid_token');
      await this.sessionFactors.add(project.id, user.id, session.id, [factor.name], this.clock.now());
      await this.guesses.forgive(project, user.id);
      await this.securityLog.record(op.updateMFAChallenge, caller, user.id);
    });
    return this.sessions.get(caller, session.id);
  }
}
