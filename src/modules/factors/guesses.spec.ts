import fc from 'fast-check';
import { lockSeconds } from './guesses';

const FOUR_HOURS = 4 * 3_600;
const failures = fc.oneof(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 2 ** 31 - 1 }));

describe('the lock after wrong codes in a row', () => {
  it('begins with the fifth, doubles, and ends at four hours', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14].map(lockSeconds)).toEqual([0, 0, 0, 0, 0, 60, 120, 240, 480, 960, 1_920, 3_840, 7_680, FOUR_HOURS, FOUR_HOURS]);
  });

  it('never gets shorter by a further wrong code, nor longer than four hours', () => {
    fc.assert(fc.property(failures, failures, (one, other) => {
      const [fewer, more] = [one, other].sort((first, second) => first - second).map(lockSeconds);
      expect(fewer).toBeLessThanOrEqual(more);
      expect(more).toBeLessThanOrEqual(FOUR_HOURS);
    }));
  });

  it('is whole seconds, at least a minute of them', () => {
    fc.assert(fc.property(failures.filter((count) => count >= 5), (count) => {
      expect(Number.isInteger(lockSeconds(count))).toBe(true);
      expect(lockSeconds(count)).toBeGreaterThanOrEqual(60);
    }));
  });

  it('leaves who tries all the time no more than a handful of codes a day', () => {
    const endOfDay = 24 * 3_600;
    let tries = 0;
    for (let count = 100, now = 0; now < endOfDay; now += lockSeconds(count), count += 1) tries += 1;
    expect(tries).toBe(6);
  });
});
