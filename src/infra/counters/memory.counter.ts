import { Counter, type Hit, windowStart } from './counter';

interface Entry {
  hits: number;
  /** Seconds since the epoch. */
  end: number;
}

/** Above this many keys the passed windows are thrown out: no timer a hit. */
const SWEEP_AT = 50_000;
/** Keys at the most, about 40 MB. Made-up addresses must not fill the memory: the oldest make room. */
const MOST = 200_000;

/** Counters of one process. */
export class MemoryCounter extends Counter {
  private readonly entries = new Map<string, Entry>();
  private sweepAt = SWEEP_AT;

  async hit(key: string, limit: number, window: number, now: number): Promise<Hit> {
    const entry = this.entry(key, window, now);
    if (entry.hits >= limit) return { hits: entry.hits, allowed: false };
    entry.hits += 1;
    return { hits: entry.hits, allowed: true };
  }

  /** What another counter has counted: from here on no fewer. */
  learn(key: string, hits: number, window: number, now: number): void {
    const entry = this.entry(key, window, now);
    entry.hits = Math.max(entry.hits, hits);
  }

  async reset(key: string, window: number, now: number): Promise<void> {
    this.entries.delete(`${key}:${windowStart(now, window)}`);
  }

  async ping(): Promise<void> {}

  async close(): Promise<void> {
    this.entries.clear();
  }

  private entry(key: string, window: number, now: number): Entry {
    const start = windowStart(now, window);
    const name = `${key}:${start}`;
    let entry = this.entries.get(name);
    if (!entry) {
      if (this.entries.size >= this.sweepAt) this.sweep(now / 1_000);
      entry = { hits: 0, end: start + window };
      this.entries.set(name, entry);
    }
    return entry;
  }

  private sweep(seconds: number): void {
    for (const [name, { end }] of this.entries) if (end <= seconds) this.entries.delete(name);
    // A quarter at once: room for one alone would cost a walk over all of them at the next new key.
    if (this.entries.size >= MOST) {
      for (const name of this.entries.keys()) {
        if (this.entries.size <= MOST * 0.75) break;
        this.entries.delete(name);
      }
    }
    this.sweepAt = Math.min(MOST, Math.max(SWEEP_AT, this.entries.size * 2));
  }
}
