/** What a counter is told apart by. `userId` is the caller's own, `param-userId` the one in the input. */
export type LimitPart = 'ip' | 'email' | 'phone' | 'userId' | 'param-userId' | 'challengeId';

export interface Limit {
  /** Requests a window takes. */
  count: number;
  /** Seconds. Windows are fixed and aligned to the epoch, as Appwrite's are. */
  window: number;
  /** One counter a key; each key is made of its parts' canonical values. */
  keys: LimitPart[][];
  /** The status whose answer sets the counters of this request back to zero. */
  resetOn?: number;
}

/** `perHour(10, 'email', 'ip')`: two counters, one an e-mail and one an address. `'ip,param-userId'` is one counter of both. */
export function perHour(count: number, ...keys: string[]): Limit {
  return limit(count, 3_600, keys);
}

/** As {@link perHour}, with windows of 60 seconds. */
export function perMinute(count: number, ...keys: string[]): Limit {
  return limit(count, 60, keys);
}

/** A success gives the caller his tries back: only failures count in the end. */
export function resetOn(status: number, of: Limit): Limit {
  return { ...of, resetOn: status };
}

function limit(count: number, window: number, keys: string[]): Limit {
  return { count, window, keys: keys.map((key) => key.split(',') as LimitPart[]) };
}
