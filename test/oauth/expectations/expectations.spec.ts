import { allows, type Expectation, OneOf } from '../expectation';
import { newPerson } from '../person';
import { expectations, providerKeys } from './index';

const row = (key: (typeof providerKeys)[number]): Expectation => expectations[key];

it('knows every provider', () => expect(providerKeys).toHaveLength(43));

describe.each(providerKeys)('%s', (key) => {
  it.each([true, false])('tells what its outcome needs (address proven: %s)', (emailVerified) => {
    const person = newPerson({ emailVerified });
    const { user, idToken, token, outcome } = row(key);
    const issued = { person, clientId: 'c', accessToken: 'a', scope: 'https://uri.paypal.com/services/paypalattributes' };
    const query = new URLSearchParams({ fields: 'id,name,email,fullname,verified' });
    const told = JSON.stringify([user.map((call) => call.answer(person, { ...issued, query })), idToken?.claims(person), token.answer(issued)]);
    const { uid, email, name } = outcome(person);
    expect(told).toContain(uid);
    if (!allows(email, '')) expect(told).toContain(email);
    // Apple tells the name at the callback, by a form.
    for (const word of key === 'apple' || name instanceof OneOf ? [] : name.split(' ')) expect(told).toContain(word);
  });

  it('never vouches for an address that is not proven', () =>
    expect(row(key).outcome(newPerson({ emailVerified: false })).emailVerified).toBe(false));

  it('has an address for every call, and keys for every ID token', () => {
    const { urls, user, idToken } = row(key);
    const calls = Object.keys(urls.user ?? {});
    expect(user.map(({ segment }) => segment)).toEqual(expect.arrayContaining(calls));
    expect(Boolean(urls.jwks && urls.issuer)).toBe(Boolean(idToken));
    if (user.length === 0) expect(idToken).toBeDefined();
  });
});
