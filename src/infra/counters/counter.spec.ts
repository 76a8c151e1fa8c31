import fc from 'fast-check';
import { reserveRedis } from '../../../test/support/services';
import type { Log } from '../log';
import { type Counter, windowStart } from './counter';
import { MemoryCounter } from './memory.counter';
import { RedisCounter } from './redis.counter';

const NOW = Date.UTC(2030, 0, 1, 12);
const log = { debug() {}, info() {}, warn() {} } as unknown as Log;

let names = 0;
const fresh = () => `key ${process.pid} ${(names += 1)}`;

describe.each<[string, () => Promise<Counter>]>([
  ['memory', async () => new MemoryCounter()],
  ['Redis', async () => new RedisCounter((await reserveRedis()).url, log).connect()],
  ['Redis that is away', async () => new RedisCounter('redis://127.0.0.1:1', log).connect()],
])('a counter in %s', (_, open) => {
  let counter: Counter;
  beforeAll(async () => {
    counter = await open();
  });
  afterAll(() => counter.close());

  it('allows exactly the limit of any number of hits at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 60 }), async (limit, hits) => {
        const key = fresh();
        const answers = await Promise.all(Array.from({ length: hits }, () => counter.hit(key, limit, 3_600, NOW)));
        const allowed = answers.filter((answer) => answer.allowed);
        expect(allowed).toHaveLength(Math.min(limit, hits));
        expect(allowed.map((answer) => answer.hits).sort((a, b) => a - b)).toEqual(allowed.map((__, index) => index + 1));
        expect(answers.filter((answer) => !answer.allowed).every((answer) => answer.hits === limit)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('counts each key by itself', async () => {
    const [one, other] = [fresh(), fresh()];
    await counter.hit(one, 1, 60, NOW);
    expect(await counter.hit(other, 1, 60, NOW)).toEqual({ hits: 1, allowed: true });
    expect(await counter.hit(one, 1, 60, NOW)).toEqual({ hits: 1, allowed: false });
  });

  it('begins anew with each window, to the second', async () => {
    const key = fresh();
    const end = (windowStart(NOW, 60) + 60) * 1_000;
    expect((await counter.hit(key, 1, 60, end - 1)).allowed).toBe(true);
    expect((await counter.hit(key, 1, 60, end - 1)).allowed).toBe(false);
    expect((await counter.hit(key, 1, 60, end)).allowed).toBe(true);
  });

  it('forgets one key’s window when told to, and no other', async () => {
    const [one, other] = [fresh(), fresh()];
    for (const key of [one, other]) await counter.hit(key, 1, 60, NOW);
    await counter.reset(one, 60, NOW);
    expect([(await counter.hit(one, 1, 60, NOW)).allowed, (await counter.hit(other, 1, 60, NOW)).allowed]).toEqual([true, false]);
  });
});

describe('windows', () => {
  it('are aligned to the epoch and hold their moment', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 4_102_444_800_000 }), fc.constantFrom(1, 60, 900, 3_600, 86_400), (now, window) => {
      const start = windowStart(now, window);
      expect(start % window).toBe(0);
      expect(start * 1_000).toBeLessThanOrEqual(now);
      expect((start + window) * 1_000).toBeGreaterThan(now);
    }));
  });
});

describe('counters in memory', () => {
  it('throw out passed windows instead of growing without bound', async () => {
    const counter = new MemoryCounter();
    const entries = (counter as unknown as { entries: Map<string, unknown> }).entries;
    for (let key = 0; key < 50_000; key += 1) await counter.hit(`${key}`, 1, 60, NOW);
    await counter.hit('later', 1, 60, NOW + 61_000);
    expect(entries.size).toBe(1);
    await counter.close();
  });
});

it('holds no more keys in memory than fit, however many are made up in one window', async () => {
  const counter = new MemoryCounter();
  for (let key = 0; key < 450_000; key += 1) await counter.hit(`made up ${key}`, 10, 3_600, NOW);
  const { entries } = counter as unknown as { entries: Map<string, unknown> };
  expect(entries.size).toBeLessThanOrEqual(200_000);
  expect(await counter.hit('made up 449999', 1, 3_600, NOW)).toEqual({ hits: 1, allowed: false });
});
