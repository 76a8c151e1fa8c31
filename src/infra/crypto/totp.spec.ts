import fc from 'fast-check';
import { HOTP, Secret, TOTP, URI } from 'otpauth';
import { hotpCode, matchingStep, otpauthUri, totpSecret } from './totp';

/** '12345678901234567890', the secret of both RFCs. */
const RFC_SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const STEP = 30;

const secrets = fc.uint8Array({ minLength: 20, maxLength: 20 }).map((bytes) => new Secret({ buffer: bytes.slice().buffer }).base32);
const instants = fc.date({ min: new Date('1971-01-01'), max: new Date('3000-01-01'), noInvalidDate: true });
const stepOf = (now: Date) => Math.floor(now.getTime() / 1_000 / STEP);
/** The same code from a package that shares no line with ours. */
const theirs = (secret: string, counter: number) => HOTP.generate({ secret: Secret.fromBase32(secret), counter, digits: 6 });

describe('a one-time code', () => {
  // RFC 4226, appendix D
  it.each(['755224', '287082', '359152', '969429', '338314', '254676', '287922', '162583', '399871', '520489'].map((code, counter) => ({ counter, code })))('of counter $counter is $code', ({ counter, code }) => {
    expect(hotpCode(RFC_SECRET, counter)).toBe(code);
  });

  // RFC 6238, appendix B, SHA-1
  it.each([
    { seconds: 59, code: '94287082' },
    { seconds: 1_111_111_109, code: '07081804' },
    { seconds: 1_111_111_111, code: '14050471' },
    { seconds: 1_234_567_890, code: '89005924' },
    { seconds: 2_000_000_000, code: '69279037' },
    { seconds: 20_000_000_000, code: '65353130' },
  ])('at second $seconds is $code', ({ seconds, code }) => {
    expect(hotpCode(RFC_SECRET, Math.floor(seconds / STEP), 8)).toBe(code);
    expect(matchingStep(RFC_SECRET, code.slice(2), new Date(seconds * 1_000))).toBe(Math.floor(seconds / STEP));
  });

  it('is what an authenticator app shows', () => {
    fc.assert(fc.property(secrets, instants, (secret, now) => {
      const shown = new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: now.getTime() });
      expect(hotpCode(secret, stepOf(now))).toBe(shown);
      expect(matchingStep(secret, shown, now)).toBeGreaterThanOrEqual(stepOf(now));
    }));
  });
});

describe('the time in which a code is right', () => {
  it('is its own step and the one on either side', () => {
    fc.assert(fc.property(secrets, instants, fc.integer({ min: -10, max: 10 }), (secret, now, steps) => {
      const present = stepOf(now);
      const code = theirs(secret, present + steps);
      // Once in a while two steps have the same code: the latest counts, as spending it spends the earlier ones.
      const right = [present + 1, present, present - 1].find((step) => theirs(secret, step) === code);
      expect(matchingStep(secret, code, now)).toBe(right ?? null);
      if (Math.abs(steps) <= 1) expect(right).toBeDefined();
    }), { numRuns: 500 });
  });

  it.each([
    { code: 'two steps old', seconds: 4 * STEP, found: null },
    { code: 'one step old, at the last moment', seconds: 4 * STEP - 0.001, found: 2 },
    { code: 'present', seconds: 2 * STEP, found: 2 },
    { code: 'one step ahead, at the first moment', seconds: STEP, found: 2 },
    { code: 'two steps ahead', seconds: STEP - 0.001, found: null },
  ])('ends on the millisecond: $code', ({ seconds, found }) => {
    expect(matchingStep(RFC_SECRET, '359152', new Date(seconds * 1_000))).toBe(found);
  });

  it('never comes for what is no code', () => {
    fc.assert(fc.property(secrets, instants, fc.oneof(fc.string(), fc.stringMatching(/^\d{0,5}$/), fc.stringMatching(/^\d{7,12}$/)), (secret, now, text) => {
      fc.pre(!/^\d{6}$/.test(text));
      expect(matchingStep(secret, text, now)).toBeNull();
    }));
  });
});

describe('a new secret', () => {
  const many = Array.from({ length: 2_000 }, () => totpSecret());

  it('is 160 bits in 32 characters of base32, and another each time', () => {
    for (const secret of many) {
      expect(secret).toMatch(/^[A-Z2-7]{32}$/);
      expect(Secret.fromBase32(secret).bytes).toHaveLength(20);
    }
    expect(new Set(many).size).toBe(many.length);
  });

  // Six standard deviations and more on each side: chance fails this less than once in ten million runs.
  it('has every bit set half of the time', () => {
    const bits = many.map((secret) => [...Secret.fromBase32(secret).bytes].map((byte) => byte.toString(2).padStart(8, '0')).join(''));
    fc.assert(fc.property(fc.integer({ min: 0, max: 159 }), (place) => {
      const set = bits.filter((each) => each[place] === '1').length;
      expect(Math.abs(set - many.length / 2)).toBeLessThan(160);
    }), { numRuns: 500 });
  });

  it('has every character equally often', () => {
    const counts = new Map<string, number>();
    for (const character of many.join('')) counts.set(character, (counts.get(character) ?? 0) + 1);
    expect(counts.size).toBe(32);
    for (const count of counts.values()) expect(Math.abs(count - many.length)).toBeLessThan(300);
  });
});

describe('the URI of a QR code', () => {
  /** A colon parts issuer and label, so it is a space in either. */
  const plain = (text: string) => text.replaceAll(':', ' ').trim();
  const read = (uri: string) => URI.parse(uri) as TOTP;
  const hostile = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(':', ' ', '+', '%', '&', '=', '?', '#', '/', '\\', '"', '\n', 'é', '店', '🔑', '%3A', '%20', 'a') }),
    fc.constantFrom('', ' ', ':', '::', ' : ', 'a:b', 'ada+shop@example.com', '100% & more', '?secret=AAAA', '&secret=AAAA', '#', '%', '%E0%A4%A'),
  );

  it('gives an app the secret, the names, and the numbers that codes are made with', () => {
    fc.assert(fc.property(secrets, hostile, hostile, (secret, issuer, label) => {
      const parsed = read(otpauthUri(secret, issuer, label));
      expect(parsed).toBeInstanceOf(TOTP);
      expect(parsed).toMatchObject({ issuer: plain(issuer), label: plain(label) || 'account', algorithm: 'SHA1', digits: 6, period: STEP });
      expect(parsed.secret.base32).toBe(secret);
    }), { numRuns: 1_000 });
  });

  it('has nothing in it that a reader of QR codes could stumble over', () => {
    fc.assert(fc.property(hostile, hostile, (issuer, label) => {
      const uri = otpauthUri(RFC_SECRET, issuer, label);
      expect(uri).toMatch(/^otpauth:\/\/totp\/[!-~]+$/);
      // Some apps take a plus sign for a space, some for itself.
      expect(uri).not.toContain('+');
      expect(new URL(uri).searchParams.getAll('secret')).toEqual([RFC_SECRET]);
    }));
  });

  it('is written as Google Authenticator’s Key URI Format has it', () => {
    expect(otpauthUri(RFC_SECRET, 'My Shop', 'ada+1@example.com')).toBe(`otpauth://totp/My%20Shop:ada%2B1%40example.com?secret=${RFC_SECRET}&issuer=My%20Shop&algorithm=SHA1&digits=6&period=30`);
  });
});
