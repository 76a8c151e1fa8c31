import fc from 'fast-check';
import { canonicalEmail } from './email-address';

/** Text near addresses: whole ones, parts of them, and the characters that make trouble in them. */
const atom = fc.constantFrom('ada', 'Ada', 'jose\u0301', 'JOSÉ', 'ẞ', 'ß', 'İ', 'ı', '\u212a', 'Ω', 'Å', 'ﬁ', '＠', '﹫', '@', '.', '。', '．', '+tag', 'example.com', 'EXAMPLE.com', 'bücher.example', '\u200b', '\u00ad', '\u202e', ' ', '\u00a0', '\n', '\u0000', '"', ',', '<', '>', '\\', '\ud800', 'ᾳ', 'ǰ', 'ŉ', 'ς', 'Σ', '\u0345', '\u1e9b\u0323', '𝒂', '🐎');
const nearly = fc.oneof(fc.array(atom, { maxLength: 8 }).map((atoms) => atoms.join('')), fc.tuple(fc.array(atom, { minLength: 1, maxLength: 4 }), fc.array(atom, { maxLength: 2 })).map(([name, host]) => `${name.join('')}@${host.join('')}example.com`), fc.emailAddress(), fc.string({ unit: 'binary' }));

describe('the canonical spelling of an address', () => {
  it('stays as it is when it is canonical already', () => {
    fc.assert(fc.property(nearly, (text) => {
      const once = canonicalEmail(text);
      if (once !== null) expect(canonicalEmail(once)).toBe(once);
    }), { numRuns: 2_000 });
  });

  it('is the same for every normal form and letter case that Unicode calls equivalent', () => {
    fc.assert(fc.property(nearly, (text) => {
      const canonical = canonicalEmail(text);
      if (canonical === null) return;
      for (const same of [text.normalize('NFD'), text.normalize('NFC'), text.toLowerCase()]) {
        if (same.length <= 254) expect(canonicalEmail(same)).toBe(canonical);
      }
    }), { numRuns: 2_000 });
  });

  it('is plain, in lower case, composed, unfoldable, visible and fits its column', () => {
    fc.assert(fc.property(nearly, (text) => {
      const canonical = canonicalEmail(text);
      if (canonical === null) return;
      expect(canonical).toBe(canonical.normalize('NFKC'));
      expect(canonical).toBe(canonical.toLowerCase());
      expect(canonical.length).toBeLessThanOrEqual(254);
      expect(canonical.split('@')).toHaveLength(2);
      expect(canonical).not.toMatch(/[\p{C}\p{Z}"(),:;<>\\[\]。．｡]/u);
    }), { numRuns: 2_000 });
  });

  it('is there for every ordinary address, which it changes in case only', () => {
    fc.assert(fc.property(fc.stringMatching(/^[a-zA-Z0-9][a-zA-Z0-9_+-]{0,30}$/), fc.domain(), (name, host) => {
      expect(canonicalEmail(`${name}@${host}`)).toBe(`${name}@${host}`.toLowerCase());
    }));
  });

  it.each([
    ['Ada@Example.COM', 'ada@example.com'],
    ['jose\u0301@example.com', 'jos\u00e9@example.com'],
    ['\u212aate@example.com', 'kate@example.com'],
    ['a.b+c@example.com', 'a.b+c@example.com'],
    ['ada@localhost', 'ada@localhost'],
  ])('of %s is %s', (text, canonical) => {
    expect(canonicalEmail(text)).toBe(canonical);
  });
});
