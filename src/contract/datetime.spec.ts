import fc from 'fast-check';
import { datetime } from './datetime';

describe('a time that goes out', () => {
  it('has milliseconds and +00:00, and is empty where there is none', () => {
    expect(datetime(new Date(Date.UTC(2026, 0, 2, 3, 4, 5, 6)))).toBe('2026-01-02T03:04:05.006+00:00');
    expect(datetime(null)).toBe('');
  });

  it('is that of its own moment, whichever was asked for before', () => {
    const times = fc.array(fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }), { minLength: 1 });
    fc.assert(fc.property(times, (dates) => dates.every((date) => Date.parse(datetime(date)) === date.getTime() && Date.parse(datetime(new Date(date))) === date.getTime())));
  });
});
