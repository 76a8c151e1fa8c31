import { availableParallelism } from 'node:os';
import { Injectable } from '@nestjs/common';
import { Settings } from '../../config/settings';
import { fail } from '../../contract/errors';
import { bcrypt } from './hash/bcrypt';

export interface StoredPassword {
  hash: string;
  /** Named in the row, so that a later default can be told from it. */
  algorithm: string;
}

export const ALGORITHM = 'bcrypt-sha384';

/** How many may wait for each hash that runs: at cost 12 about 16 seconds of work a core. */
const WAITING_PER_RUNNING = 64;

/**
 * Hashing and checking passwords, off the event loop and bounded: past the queue's end a caller is told to come back
 * instead of all callers waiting ever longer.
 */
@Injectable()
export class Passwords {
  private readonly limit = availableParallelism();
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private nobody?: Promise<StoredPassword>;

  constructor(private readonly settings: Settings) {}

  async hash(password: string): Promise<StoredPassword> {
    const hash = await this.queued(() => bcrypt.hash(normalised(password), this.settings.BCRYPT_COST));
    return { hash, algorithm: ALGORITHM };
  }

  /**
   * @param stored null for an unknown address or an account without a password: the same work is done, so that
   *   the time taken tells nobody which addresses have accounts
   */
  async verify(password: string, stored: StoredPassword | null): Promise<boolean> {
    const against = stored ?? (await (this.nobody ??= this.hash('nobody has this password')));
    const matches = await this.queued(() => bcrypt.verify(normalised(password), against.hash));
    return matches && stored !== null;
  }

  /** True when the hash was made with other settings than today's: the next login is the time to make it anew. */
  outdated(stored: StoredPassword): boolean {
    return stored.algorithm !== ALGORITHM || bcrypt.cost(stored.hash) !== this.settings.BCRYPT_COST;
  }

  /** @throws Failure `general_overloaded` with Retry-After when too many wait already */
  private async queued<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.running >= this.limit) {
      if (this.waiting.length >= this.limit * WAITING_PER_RUNNING) throw Object.assign(fail('general_overloaded'), { retryAfter: 5 });
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    } else {
      this.running += 1;
    }
    try {
      return await work();
    } finally {
      // The place is handed over, not given back: a newcomer cannot slip in before the one who waits.
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}

/** One password typed on two keyboards is one password (NFKC, NIST SP 800-63B-4 on Unicode). */
function normalised(password: string): string {
  return password.normalize('NFKC');
}
