import Redis from 'ioredis';
import type { Counter } from '../../src/infra/counters/counter';
import { MemoryCounter } from '../../src/infra/counters/memory.counter';
import { RedisCounter } from '../../src/infra/counters/redis.counter';
import { reserveRedis, startRedis } from '../support/services';
import { pause, silent } from './ground';

const HOUR = 3_600;
/** The first millisecond of a window. */
const START = Date.UTC(2026, 0, 1, 12);

const implementations: [string, () => Promise<Counter>][] = [
  ['memory', async () => new MemoryCounter()],
  ['redis', async () => new RedisCounter((await reserveRedis()).url, silent).connect()],
];

const allowed = async (hits: Promise<{ allowed: boolean }>[]) => (await Promise.all(hits)).filter((hit) => hit.allowed).length;

describe.each(implementations)('counter in %s', (_, open) => {
  let counter: Counter;
  beforeEach(async () => {
    counter = await open();
  });
  afterEach(() => counter.close());

  it('allows exactly the limit of 200 parallel hits', async () => {
    expect(await allowed(Array.from({ length: 200 }, () => counter.hit('key', 50, HOUR, START)))).toBe(50);
  });

  it('counts each hit, and none that was refused', async () => {
    expect(await counter.hit('key', 2, HOUR, START)).toEqual({ hits: 1, allowed: true });
    expect(await counter.hit('key', 2, HOUR, START)).toEqual({ hits: 2, allowed: true });
    expect(await counter.hit('key', 2, HOUR, START)).toEqual({ hits: 2, allowed: false });
    expect(await counter.hit('key', 2, HOUR, START)).toEqual({ hits: 2, allowed: false });
  });

  it('begins anew with the window, which is aligned to the epoch', async () => {
    const last = START + HOUR * 1_000 - 1;
    await counter.hit('key', 1, HOUR, START);
    expect(await counter.hit('key', 1, HOUR, last)).toMatchObject({ allowed: false });
    expect(await counter.hit('key', 1, HOUR, last + 1)).toEqual({ hits: 1, allowed: true });
  });

  it('keeps keys apart', async () => {
    await counter.hit('one', 1, HOUR, START);
    expect(await counter.hit('other', 1, HOUR, START)).toMatchObject({ allowed: true });
  });

  it('forgets one key in one window', async () => {
    for (const key of ['one', 'other']) await counter.hit(key, 1, HOUR, START);
    await counter.reset('one', HOUR, START);
    expect(await counter.hit('one', 1, HOUR, START)).toEqual({ hits: 1, allowed: true });
    expect(await counter.hit('other', 1, HOUR, START)).toMatchObject({ allowed: false });
  });
});

describe('counters in redis', () => {
  it('are shared by two processes', async () => {
    const { url } = await reserveRedis();
    const counters = await Promise.all([1, 2].map(() => new RedisCounter(url, silent).connect()));
    expect(await allowed(Array.from({ length: 200 }, (_, index) => counters[index % 2].hit('key', 50, HOUR, START)))).toBe(50);
    await counters[0].reset('key', HOUR, START);
    expect(await counters[1].hit('key', 50, HOUR, START)).toEqual({ hits: 1, allowed: true });
    await Promise.all(counters.map((counter) => counter.close()));
  });

  it('expire by themselves', async () => {
    const { url } = await reserveRedis();
    const counter = await new RedisCounter(url, silent).connect();
    await counter.hit('key', 2, 60, START);
    await counter.hit('key', 2, 60, START);
    const redis = new Redis(url);
    const [key, ...others] = await redis.keys('*');
    expect(others).toEqual([]);
    const seconds = await redis.ttl(key);
    expect(seconds).toBeGreaterThanOrEqual(60);
    expect(seconds).toBeLessThanOrEqual(120);
    redis.disconnect();
    await counter.close();
  });
});

describe('counters without their redis', () => {
  /** Never unlimited, and each answer within a second. */
  async function limitsAlone(counter: Counter, key: string): Promise<void> {
    const before = Date.now();
    expect(await allowed(Array.from({ length: 20 }, () => counter.hit(key, 5, HOUR, START)))).toBe(5);
    expect(await counter.hit(key, 5, HOUR, START)).toMatchObject({ allowed: false });
    await counter.reset(key, HOUR, START);
    expect(await counter.hit(key, 5, HOUR, START)).toMatchObject({ allowed: true });
    expect(Date.now() - before).toBeLessThan(3 * 1_000);
  }

  it('limit by themselves when it dies, and share again when it is back', async () => {
    const server = await startRedis();
    const [counter, other] = await Promise.all([1, 2].map(() => new RedisCounter(server.url, silent).connect()));
    for (let nth = 0; nth < 5; nth += 1) await counter.hit('before', 5, HOUR, START);
    await server.kill();
    // What was used up stays used up.
    expect(await counter.hit('before', 5, HOUR, START)).toMatchObject({ hits: 5, allowed: false });
    await limitsAlone(counter, 'while away');
    await expect(counter.ping()).rejects.toThrow();

    await server.start();
    await sharing(counter, other);
    for (const one of [counter, other, counter, other]) await one.hit('after', 4, HOUR, START);
    expect(await counter.hit('after', 4, HOUR, START)).toMatchObject({ allowed: false });
    await Promise.all([counter.close(), other.close(), server.stop()]);
  });

  it('limit by themselves when it hangs', async () => {
    const server = await startRedis();
    const counter = await new RedisCounter(server.url, silent).connect();
    const admin = new Redis(server.url);
    await admin.call('CLIENT', 'PAUSE', '10000', 'ALL');
    await limitsAlone(counter, 'while it hangs');
    admin.disconnect();
    await Promise.all([counter.close(), server.stop()]);
  });

  it('limit by themselves when it was never there', async () => {
    const counter = await new RedisCounter('redis://127.0.0.1:1', silent).connect();
    await limitsAlone(counter, 'never');
    await counter.close();
  });

  /** Once a hit of either counts for both. */
  async function sharing(...both: [Counter, Counter]): Promise<void> {
    const seen = async (one: Counter, other: Counter, key: string) => {
      await one.hit(key, 1, HOUR, START);
      return !(await other.hit(key, 1, HOUR, START)).allowed;
    };
    for (let tries = 0; tries < 200; tries += 1) {
      if ((await seen(...both, `there ${tries}`)) && (await seen(both[1], both[0], `back ${tries}`))) return;
      await pause(50);
    }
    throw new Error('the two do not share');
  }
});
