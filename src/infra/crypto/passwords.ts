import { availableParallelism } from 'node:os';
import { Injectable } from '@nestjs/common';
import { Settings } from '../../config/settings';
import { fail } from '../../contract/errors';
import { argon2 } from './hash/argon2';
import { bcrypt } from './hash/bcrypt';
import { bcryptSha384 } from './hash/bcrypt-sha384';
import { type ForeignHash, type HashOptions, HashRefused } from './hash/foreign';
import { md5 } from './hash/md5';
import { phpass } from './hash/phpass';
import { scrypt } from './hash/scrypt';
import { scryptMod } from './hash/scrypt-mod';
import { sha } from './hash/sha';

export interface StoredPassword {
  hash: string;
  /** Named in the row, so that a later default can be told from it. */
  algorithm: string;
}

export const ALGORITHM = 'bcrypt-sha384';

/** Under the names that Appwrite gives them. What a row holds is checked against the algorithm it names, never against its looks. */
const FOREIGN: Readonly<Record<string, ForeignHash>> = { argon2, bcrypt, md5, phpass, scrypt, scryptMod, sha };

/** The row's column. */
const LONGEST = 512;

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
    const hash = await this.queued(() => bcryptSha384.hash(normalised(password), this.settings.BCRYPT_COST));
    return { hash, algorithm: ALGORITHM };
  }

  /**
   * @param stored null for an unknown address or an account without a password: the same work is done, so that
   *   the time taken tells nobody which addresses have accounts
   */
  async verify(password: string, stored: StoredPassword | null): Promise<boolean> {
    if (stored?.algorithm === ALGORITHM) return this.verifyOurs(password, stored);
    // An imported hash is checked beside it rather than instead: it would tell by its time that the address has an account.
    const [matches] = await Promise.all([stored !== null && this.verifyForeign(password, stored), this.verifyNobody(password)]);
    return matches;
  }

  /**
   * A hash made by another system, as a row keeps it.
   *
   * @param algorithm argon2, bcrypt, md5, phpass, scrypt, scryptMod, sha, or ours
   * @param options what the hash does not say of itself, under the names of Appwrite's import
   * @throws Failure `general_argument_invalid` for an unknown algorithm, a malformed hash, or one so costly that a login would be an attack
   */
  adopt(algorithm: string, hash: string, options: HashOptions = {}): StoredPassword {
    const names = [ALGORITHM, ...Object.keys(FOREIGN)];
    if (!names.includes(algorithm)) throw fail('general_argument_invalid', `Invalid \`algorithm\` param: must be one of ${names.join(', ')}`);
    const foreign = algorithm === ALGORITHM ? undefined : FOREIGN[algorithm];
    try {
      const stored = foreign?.encode?.(hash, options) ?? hash;
      if (stored.length > LONGEST) throw new HashRefused(`is longer than ${LONGEST} characters with its options`);
      (foreign ?? bcryptSha384).check(stored);
      return { hash: stored, algorithm };
    } catch (error) {
      throw error instanceof HashRefused ? fail('general_argument_invalid', `Invalid \`hash\` param: ${error.message}`) : error;
    }
  }

  /** True when the hash was made with other settings than today's: the next login is the time to make it anew. */
  outdated(stored: StoredPassword): boolean {
    return stored.algorithm !== ALGORITHM || bcryptSha384.cost(stored.hash) !== this.settings.BCRYPT_COST;
  }

  private verifyOurs(password: string, { hash }: StoredPassword): Promise<boolean> {
    return this.queued(() => bcryptSha384.verify(normalised(password), hash));
  }

  private async verifyNobody(password: string): Promise<void> {
    this.nobody ??= this.hash('nobody has this password').catch((error: unknown) => {
      // A full queue passes; kept, its refusal would answer every unknown address from now on.
      this.nobody = undefined;
      throw error;
    });
    await this.verifyOurs(password, await this.nobody);
  }

  /** Others hashed what was typed as it was; who types it on another keyboard is still let in. */
  private async verifyForeign(password: string, { hash, algorithm }: StoredPassword): Promise<boolean> {
    if (!Object.hasOwn(FOREIGN, algorithm)) throw new Error(`a user's row names the password algorithm ${algorithm}, which this version does not know`);
    const foreign = FOREIGN[algorithm];
    foreign.check(hash); // written past the import, it might cost anything
    if (await this.queued(() => foreign.verify(password, hash))) return true;
    const folded = normalised(password);
    return folded !== password && this.queued(() => foreign.verify(folded, hash));
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
