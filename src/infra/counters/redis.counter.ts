import Redis from 'ioredis';
import type { Log } from '../log';
import { Counter, type Hit, windowStart } from './counter';
import { MemoryCounter } from './memory.counter';

/** Counts and decides in one call: reading first and adding later lets a burst through (CVE-2024-4629). */
const HIT = `
local hits = tonumber(redis.call('GET', KEYS[1]) or '0')
if hits >= tonumber(ARGV[1]) then return {hits, 0} end
hits = redis.call('INCR', KEYS[1])
if hits == 1 then redis.call('EXPIRE', KEYS[1], ARGV[2]) end
return {hits, 1}`;

/** Milliseconds after which a Redis that does not answer counts as away. */
const PATIENCE = 500;
/** Milliseconds for which it is then not asked: one that hangs would cost every command of every request its patience. */
const REST = 1_000;

interface Scripted {
  latchkeyHit(key: string, limit: number, window: number): Promise<[hits: number, allowed: number]>;
}

/** Counters shared by all processes. While Redis is away each process counts for itself: never unlimited, never waiting. */
export class RedisCounter extends Counter {
  private readonly redis: Redis & Scripted;
  private readonly fallback = new MemoryCounter();
  private away = false;
  private askAgainAt = 0;

  constructor(
    url: string,
    private readonly log: Log,
  ) {
    super();
    const redis = new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: PATIENCE, disconnectTimeout: PATIENCE, lazyConnect: true, retryStrategy: (tries) => Math.min(tries * 100, 2_000) });
    redis.defineCommand('latchkeyHit', { numberOfKeys: 1, lua: HIT });
    redis.on('error', (error) => this.log.debug('counters.redis', { reason: error.message }));
    this.redis = redis as Redis & Scripted;
  }

  /** Resolves when the first connection stands or has failed. */
  async connect(): Promise<this> {
    await this.redis.connect().catch(() => undefined);
    return this;
  }

  hit(key: string, limit: number, window: number, now: number): Promise<Hit> {
    return this.orElse(
      async () => {
        const [hits, allowed] = await this.redis.latchkeyHit(redisKey(key, window, now), limit, window + 60);
        // Should Redis be away with the next one, counting goes on from here and does not begin anew.
        this.fallback.learn(key, hits, window, now);
        return { hits, allowed: allowed === 1 };
      },
      () => this.fallback.hit(key, limit, window, now),
    );
  }

  async reset(key: string, window: number, now: number): Promise<void> {
    await this.fallback.reset(key, window, now);
    await this.orElse(
      () => this.redis.del(redisKey(key, window, now)),
      async () => 0,
    );
  }

  async ping(): Promise<void> {
    await this.redis.ping();
  }

  async close(): Promise<void> {
    this.redis.disconnect();
  }

  private async orElse<Result>(shared: () => Promise<Result>, own: () => Promise<Result>): Promise<Result> {
    if (performance.now() < this.askAgainAt) return own();
    try {
      const result = await shared();
      if (this.away) this.log.info('counters.redis.back');
      this.away = false;
      return result;
    } catch (error) {
      if (!this.away) this.log.warn('counters.redis.away', { reason: (error as Error).message });
      this.away = true;
      this.askAgainAt = performance.now() + REST;
      return own();
    }
  }
}

function redisKey(key: string, window: number, now: number): string {
  return `latchkey:limit:${key}:${windowStart(now, window)}`;
}
