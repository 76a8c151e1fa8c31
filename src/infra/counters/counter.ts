export interface Hit {
  /** Hits in the window, this one included unless it was refused. */
  hits: number;
  allowed: boolean;
}

/** Counts hits in fixed windows. One step each: of N parallel hits exactly `limit` are allowed. */
export abstract class Counter {
  /**
   * @param window seconds; windows are aligned to the epoch
   * @param now milliseconds since the epoch, from the caller's clock
   */
  abstract hit(key: string, limit: number, window: number, now: number): Promise<Hit>;

  /** Forgets the window that `now` lies in. */
  abstract reset(key: string, window: number, now: number): Promise<void>;

  abstract ping(): Promise<void>;

  abstract close(): Promise<void>;
}

/** Seconds since the epoch at which the window of `now` began. */
export function windowStart(now: number, window: number): number {
  const seconds = Math.floor(now / 1_000);
  return seconds - (seconds % window);
}

/** Whole seconds until the window of `now` ends, at least one. */
export function windowLeft(now: number, window: number): number {
  return Math.max(1, windowStart(now, window) + window - Math.floor(now / 1_000));
}
