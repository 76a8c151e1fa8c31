import { Injectable } from '@nestjs/common';
import { fail } from '../../contract/errors';
import { Clock } from '../../infra/clock';
import { SessionsRepository } from './sessions.repository';

/** What a session has shown. Inside a transaction that holds the user's row: two at once would each forget the other's. */
@Injectable()
export class SessionFactors {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly clock: Clock,
  ) {}

  /** @param challengedAt when the factors were asked for and shown; left out where they come without a challenge @throws Failure `user_session_not_found` */
  async add(projectId: string, userId: string, id: string, factors: readonly string[], challengedAt?: Date): Promise<void> {
    const shown = await this.sessions.factorsOf(projectId, userId, id, this.clock.now());
    if (!shown) throw fail('user_session_not_found');
    const all = [...new Set([...shown, ...factors])];
    await this.sessions.prove(projectId, userId, id, { factors: all, updatedAt: this.clock.now(), ...(challengedAt && { mfaUpdatedAt: challengedAt }) });
  }
}
