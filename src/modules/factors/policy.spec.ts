import fc from 'fast-check';
import type { CallerSession, UserRecord } from '../../contract/records';
import { heldFactors, owesFactor, recentlyChallenged } from './policy';

const MINUTE = 60_000;

const instants = fc.date({ min: new Date('1971-01-01'), max: new Date('3000-01-01'), noInvalidDate: true });
const users = fc
  .record({
    mfa: fc.boolean(),
    totp: fc.boolean(),
    email: fc.option(fc.constantFrom('ada@example.com', '')),
    emailVerified: fc.boolean(),
    phone: fc.option(fc.constantFrom('+16175550100', '')),
    phoneVerified: fc.boolean(),
  })
  .map((user) => user as UserRecord);
/** As rows may have them, one twice included. */
const shown = fc.array(fc.constantFrom<string[]>('password', 'email', 'phone', 'totp', 'recoveryCode', 'oauth2', 'anonymous'), { maxLength: 6 });
const sessionWith = (factors: string[], mfaUpdatedAt: Date | null = null): CallerSession => ({ id: 'one', factors, mfaUpdatedAt });
const owes = (user: UserRecord, factors: string[]) => owesFactor({ oauthSatisfiesMfa: false }, user, sessionWith(factors));
const worth = (factors: string[]) => new Set(factors.filter((factor) => factor !== 'anonymous'));

describe('the factors a user holds', () => {
  it('are an app and addresses that he has proved, each once', () => {
    fc.assert(fc.property(users, (user) => {
      const held = heldFactors(user);
      expect(new Set(held).size).toBe(held.length);
      expect(held.includes('totp')).toBe(user.totp);
      expect(held.includes('email')).toBe(Boolean(user.email) && user.emailVerified);
      expect(held.includes('phone')).toBe(Boolean(user.phone) && user.phoneVerified);
      expect(held).not.toContain('recoveryCode');
    }));
  });

  it('do not depend on whether they are demanded', () => {
    fc.assert(fc.property(users, (user) => {
      expect(heldFactors({ ...user, mfa: true })).toEqual(heldFactors({ ...user, mfa: false }));
    }));
  });
});

describe('a session', () => {
  it('owes nothing while the user does not demand it', () => {
    fc.assert(fc.property(users, shown, (user, factors) => {
      expect(owes({ ...user, mfa: false }, factors)).toBe(false);
    }));
  });

  it('owes one factor more exactly while it has shown less than two and the user holds another', () => {
    fc.assert(fc.property(users, shown, (user, factors) => {
      const another = heldFactors(user).filter((factor) => !factors.includes(factor));
      expect(owes({ ...user, mfa: true }, factors)).toBe(worth(factors).size < 2 && another.length > 0);
    }));
  });

  it('gets no nearer by the same factor again, by none, or by the order', () => {
    fc.assert(fc.property(users, shown, (user, factors) => {
      const before = owes(user, factors);
      expect(owes(user, [...factors, ...factors])).toBe(before);
      expect(owes(user, [...factors, 'anonymous'])).toBe(before);
      expect(owes(user, [...factors].reverse())).toBe(before);
    }));
  });

  it('never comes to owe by showing more', () => {
    fc.assert(fc.property(users, shown, shown, (user, factors, more) => {
      fc.pre(!owes(user, factors));
      expect(owes(user, [...factors, ...more])).toBe(false);
    }));
  });

  it('can always pay: any factor that the user holds and it has not shown is the last, once it has shown one', () => {
    fc.assert(fc.property(users, shown, (user, factors) => {
      fc.pre(worth(factors).size > 0 && owes(user, factors));
      const missing = (factor: string) => !factors.includes(factor);
      expect(heldFactors(user).filter(missing)).not.toEqual([]);
      for (const factor of [...heldFactors(user), 'recoveryCode'].filter(missing)) expect(owes(user, [...factors, factor])).toBe(false);
    }));
  });

  it('leaves no user outside who holds nothing', () => {
    fc.assert(fc.property(shown, fc.boolean(), (factors, mfa) => {
      const user = { mfa, totp: false, email: 'ada@example.com', emailVerified: false, phone: '+16175550100', phoneVerified: false } as UserRecord;
      expect(owes(user, factors)).toBe(false);
    }));
  });
});

describe('an answered challenge', () => {
  it('is recent for thirty minutes, to the millisecond', () => {
    fc.assert(fc.property(instants, fc.oneof(fc.integer({ min: 0, max: 60 * MINUTE }), fc.constantFrom(30 * MINUTE - 1, 30 * MINUTE)), (answered, later) => {
      expect(recentlyChallenged(sessionWith(['password'], answered), new Date(answered.getTime() + later))).toBe(later < 30 * MINUTE);
    }));
  });

  it('is missing where none was answered, whatever was shown', () => {
    fc.assert(fc.property(instants, shown, (now, factors) => {
      expect(recentlyChallenged(sessionWith(factors), now)).toBe(false);
    }));
  });
});
