/** A session, and what it has earned. */
export interface Pass {
  id: string;
  shown: Set<string>;
  /** Minute of its latest right answer. */
  answeredAt?: number;
}

/** A challenge. */
export interface Asked {
  id: string;
  sessionId: string;
  factor: AskedFactor;
  /** Minute in which it was made. */
  since: number;
  /** Answered, or replaced by a later one. */
  over: boolean;
  tries: number;
  /** What was sent, where something was. */
  code?: string;
}

export type AskedFactor = 'totp' | 'email' | 'phone' | 'recoveryCode';

const LIFETIME = 15;
const RECENT = 30;
const TRIES = 5;
const FREE_GUESSES = 5;
const LONGEST_LOCK = 240;

/**
 * One user's second factors as a clerk would keep them who knows the promises and not the code. Time is whole minutes:
 * the clock is turned by no less, and the seconds that a run takes cross no bound.
 */
export class Ledger {
  minute = 0;
  mfa = false;
  mailProved = false;
  app: 'none' | 'waiting' | 'verified' = 'none';
  codes: string[] = [];
  /** By device; nothing where nobody is signed in. */
  readonly passes: (Pass | undefined)[] = [];
  readonly asked: Asked[] = [];
  private guesses = 0;
  private lockedUntil = 0;

  /** Why the gate refuses a device; nothing when it lets it through. */
  gate(device: number): string | undefined {
    const pass = this.passes[device];
    if (!pass) return 'general_unauthorized_scope';
    const reachable = new Set([...pass.shown, ...this.held()]).size;
    return this.mfa && pass.shown.size < Math.min(2, reachable) ? 'user_more_factors_required' : undefined;
  }

  held(): string[] {
    return [...(this.app === 'verified' ? ['totp'] : []), ...(this.mailProved ? ['email'] : [])];
  }

  recent(device: number): boolean {
    const answeredAt = this.passes[device]?.answeredAt;
    return answeredAt !== undefined && this.minute - answeredAt < RECENT;
  }

  /** May this device still answer? */
  open(device: number, { sessionId, since, over }: Asked): boolean {
    return this.passes[device]?.id === sessionId && !over && this.minute - since < LIFETIME;
  }

  get locked(): boolean {
    return this.lockedUntil > this.minute;
  }

  /** A code is shown, right or wrong. @returns why it is not looked at */
  guess(asked?: Asked): string | undefined {
    if (this.locked) return 'general_rate_limit_exceeded';
    if (asked && asked.tries >= TRIES) return 'user_invalid_token';
    if (asked) asked.tries += 1;
    this.guesses += 1;
    if (this.guesses >= FREE_GUESSES) this.lockedUntil = this.minute + Math.min(LONGEST_LOCK, 2 ** (this.guesses - FREE_GUESSES));
    return undefined;
  }

  /** The code was right. */
  forgive(): void {
    this.guesses = 0;
    this.lockedUntil = 0;
  }
}
