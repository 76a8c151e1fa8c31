import { Injectable } from '@nestjs/common';
import type { ThrottlerStorage } from '@nestjs/throttler';
import { Settings } from '../../config/settings';
import { Clock } from '../../infra/clock';
import { Counter } from '../../infra/counters/counter';

type Answer = Awaited<ReturnType<ThrottlerStorage['increment']>>;

/** The throttler's storage on our counters: its own memory store sets a timer a hit and knows no Redis. */
@Injectable()
export class CounterStorage implements ThrottlerStorage {
  constructor(
    private readonly counter: Counter,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  /** @param ttl milliseconds */
  async increment(key: string, ttl: number, limit: number, _block: number, _name: string): Promise<Answer> {
    const window = ttl / 1_000;
    const { hits, allowed } = await this.counter.hit(key, limit, window, this.clock.now().getTime());
    const isBlocked = !allowed && this.settings.RATE_LIMITS === 'on';
    return { totalHits: hits, timeToExpire: window, isBlocked, timeToBlockExpire: isBlocked ? window : 0 };
  }

  reset(key: string, window: number): Promise<void> {
    return this.counter.reset(key, window, this.clock.now().getTime());
  }
}
