import { Injectable } from '@nestjs/common';
import { fail } from '../../contract/errors';
import type { Project } from '../../contract/project';
import { Clock } from '../../infra/clock';
import { Database } from '../../infra/database/database';
import { Users } from '../users';
import { FactorLocksRepository } from './factor-locks.repository';

/** Wrong codes in a row before a user's factors are locked. */
const FREE = 5;
/** Seconds of the first lock; each further wrong code doubles it, up to the longest. */
const FIRST_LOCK = 60;
const LONGEST_LOCK = 4 * 3_600;

/**
 * Counts codes against their user, whatever challenge, session, address or transport they come by: a code of six digits
 * stands no search (RFC 4226 section 7.3). Apart from the limits of sign-ins, so that neither locks the other.
 * At the longest lock a searcher has six tries a day, and needs the first factor for each.
 */
@Injectable()
export class Guesses {
  constructor(
    private readonly locks: FactorLocksRepository,
    private readonly users: Users,
    private readonly clock: Clock,
    private readonly database: Database,
  ) {}

  /**
   * Takes a try, before the code is looked at: no number of parallel guesses gets one more. Outside of transactions, as a
   * failure must not give the try back.
   *
   * @param also what else must grant the try, in the same transaction
   * @throws Failure `general_rate_limit_exceeded` with the seconds to wait, `user_blocked` when the user is gone meanwhile
   */
  async take(project: Project, userId: string, also: () => Promise<void> = async () => {}): Promise<void> {
    await this.database.transaction(async () => {
      // Not the row alone: he may have deleted himself since, and a count of nobody's would stay behind.
      await this.users.hold(project, userId);
      const lock = await this.locks.find(project.id, userId);
      const now = this.clock.now();
      if (lock?.lockedUntil && lock.lockedUntil > now) throw locked(lock.lockedUntil, now);
      await also();
      const failures = (lock?.failures ?? 0) + 1;
      const lockedUntil = failures < FREE ? null : this.clock.in(lockSeconds(failures));
      await this.locks.save({ projectId: project.id, id: userId, failures, lockedUntil });
    });
  }

  /** The right code: the count begins anew. Inside the transaction of its effect. */
  forgive(project: Project, userId: string): Promise<void> {
    return this.locks.removeOf(project.id, userId);
  }
}

/** @param failures in a row, the one being taken included */
export function lockSeconds(failures: number): number {
  return failures < FREE ? 0 : Math.min(LONGEST_LOCK, FIRST_LOCK * 2 ** (failures - FREE));
}

function locked(until: Date, now: Date) {
  const retryAfter = Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1_000));
  return Object.assign(fail('general_rate_limit_exceeded', `Too many wrong codes. Wait ${retryAfter} seconds, then ask for a new challenge.`), { retryAfter });
}
