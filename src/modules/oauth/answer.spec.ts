import fc from 'fast-check';
import { at, flag, list, standardClaims, text } from './answer';
import { PROVIDERS } from './providers';

describe('an answer', () => {
  const answer = { id: 7, big: 2 ** 53, half: 1.5, name: 'Ada', none: null, yes: true, list: [{ a: 'b' }], deep: { er: { still: 'here' } } };

  it('is walked by keys and places', () => {
    expect(at(answer, 'deep', 'er', 'still')).toBe('here');
    expect(at(answer, 'list', 0, 'a')).toBe('b');
    for (const path of [['deep', 'other', 'still'], ['name', 'length'], ['none', 'x'], ['list', 1, 'a']]) expect(at(answer, ...path)).toBeUndefined();
  });

  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])('has no %s but its own', (key) => {
    expect(at({}, key)).toBeUndefined();
    expect(text(JSON.parse(`{"${key}": "own"}`), key)).toBe('own');
  });

  it('gives texts, and whole numbers as texts', () => {
    expect([text(answer, 'name'), text(answer, 'id')]).toEqual(['Ada', '7']);
    // A number that JSON could not hold exactly may be somebody else's id.
    expect(['big', 'half', 'none', 'yes', 'list', 'deep'].map((key) => text(answer, key))).toEqual(['', '', '', '', '', '']);
  });

  it('is true where it says so, in the ways that providers have', () => {
    expect([true, 'true', 1].map((value) => flag({ value }, 'value'))).toEqual([true, true, true]);
    expect([false, 'false', 0, 'TRUE', '1', 2, null, {}, [], [true], 'yes', ''].map((value) => flag({ value }, 'value'))).toEqual(Array(12).fill(false));
  });

  it('gives lists, and empty ones for anything else', () => {
    expect(list(answer, 'list')).toHaveLength(1);
    expect([list(answer, 'name'), list(answer, 'deep'), list(undefined), list({ 0: 'a', length: 1 })]).toEqual([[], [], [], []]);
  });

  it('gives the standard claims, the name from its parts where there is no whole', () => {
    expect(standardClaims({ sub: '1', email: 'a@b.c', email_verified: true, given_name: 'Ada', family_name: 'Lovelace' })).toEqual({ uid: '1', email: 'a@b.c', emailVerified: true, name: 'Ada Lovelace' });
    expect(standardClaims({ name: 'Ada', given_name: 'Augusta', email_verified: 'false' })).toEqual({ uid: '', email: '', emailVerified: false, name: 'Ada' });
  });
});

/** Any JSON; mostly objects with the keys that cards look for, so that the walks go deep. */
const KEYS = 'id sub user data bot owner person emails values response name mail mails email verified is_primary is_confirmed primary confirmed value settings dashboard profile oid tid xms_edov firstName lastName access_token stripe_user_id confirmed_at'.split(' ');
const json = fc.letrec((tie) => ({
  any: fc.oneof({ depthSize: 'medium' }, fc.string(), fc.integer(), fc.double(), fc.boolean(), fc.constant(null), fc.array(tie('any'), { maxLength: 3 }), tie('object')),
  object: fc.dictionary(fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...KEYS) }, { weight: 1, arbitrary: fc.string() }), tie('any'), { maxKeys: 8 }),
})).any;

describe.each(Object.entries(PROVIDERS))('the card of %s', (_, card) => {
  it('makes a profile of whatever comes, never throws, and vouches for no address that is not there', () => {
    fc.assert(
      fc.property(json, fc.option(json, { nil: undefined }), json, json, fc.string(), (token, claims, user, more, field) => {
        const names = Object.keys(card.user?.more ?? {});
        const profile = card.profile({ token, claims, user, more: Object.fromEntries(names.map((name) => [name, more])), callback: { user: field } });
        expect(profile).toEqual({ uid: expect.any(String) as unknown, email: expect.any(String) as unknown, emailVerified: expect.any(Boolean) as unknown, name: expect.any(String) as unknown });
        expect(profile.emailVerified && !card.vouches).toBe(false);
        expect(card.user?.uid?.(token) ?? '').toEqual(expect.any(String));
      }),
      { numRuns: 60 },
    );
  });

  it.each([undefined, null, '', 0, [], {}])('knows nobody in %j', (nothing) => {
    const more = Object.fromEntries(Object.keys(card.user?.more ?? {}).map((name) => [name, nothing]));
    expect(card.profile({ token: nothing, claims: nothing, user: nothing, more, callback: {} })).toEqual({ uid: '', email: '', emailVerified: false, name: '' });
  });
});

describe('the card of microsoft', () => {
  const profileOf = (claims: object) => PROVIDERS.microsoft.profile({ token: {}, claims, user: { mail: 'b@example.org' }, more: {}, callback: {} });

  it('names a personal account as Graph does, and a work account by its object id', () => {
    expect(profileOf({ oid: '00000000-0000-0000-66f3-3332eca7ea81' }).uid).toBe('66f33332eca7ea81');
    expect(profileOf({ oid: '6ea91a8d-e32e-41a1-b7bd-d2d185eed0e0' }).uid).toBe('6ea91a8d-e32e-41a1-b7bd-d2d185eed0e0');
  });

  it('vouches for an address only by xms_edov, and only for the token’s own', () => {
    expect([true, 1, '1', 'true'].map((edov) => profileOf({ email: 'a@example.org', xms_edov: edov }).emailVerified)).toEqual([true, true, true, true]);
    expect([undefined, false, '0', 0, 'no'].map((edov) => profileOf({ email: 'a@example.org', xms_edov: edov }).emailVerified)).toEqual(Array(5).fill(false));
    expect(profileOf({ xms_edov: true })).toMatchObject({ email: 'b@example.org', emailVerified: false });
  });
});
