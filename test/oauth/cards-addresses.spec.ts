import { cardOf, type Provider, readRegistration } from '../../src/modules/oauth';
import { fill } from '../../src/modules/oauth/fill';
import type { Expectation, Rule } from './expectation';
import { expectations, type ProviderKey, providerKeys } from './expectations';
import { matches } from './refused';

/** Discovery tells the generic card its addresses; here the operator does. */
const DISCOVERED = {
  authorizationEndpoint: 'https://id.example/authorize',
  tokenEndpoint: 'https://id.example/token',
  userinfoEndpoint: 'https://id.example/user',
  jwksUrl: 'https://id.example/jwks',
  issuer: 'https://id.example',
};

function opened(key: ProviderKey): { card: Provider; row: Expectation; at: (template: string) => string } {
  const row: Expectation = expectations[key];
  const { registration, faults } = readRegistration(key, { ...row.registration, ...(key === 'oidc' && DISCOVERED) });
  expect(faults).toEqual([]);
  const values = { ...registration!.values, uid: '12345', tenantid: 'aaaabbbb-0000-cccc-1111-dddd2222eeee' };
  return { card: cardOf(key, registration!)!, row, at: (template) => fill(template, values) };
}

/** So that a failure names the address and what it should have been. */
const held = (url: string, rules: readonly Rule[] = []) => ({ url, right: rules.some((rule) => matches(rule, url)), rules });
const right = expect.objectContaining({ right: true }) as unknown;

describe.each(providerKeys)('the card of %s', (key) => {
  it('sends people and codes where the provider’s documents say', () => {
    const { card, row, at } = opened(key);
    expect(held(at(card.authorize.url), row.urls.authorize)).toEqual(right);
    expect(held(at(card.token.url), row.urls.token)).toEqual(right);
  });

  it('refreshes where the provider does, and at the right address', () => {
    const { card, row, at } = opened(key);
    const { url } = { ...card.token, ...(card.refresh || {}) };
    expect(held(at(url), row.urls.refresh ?? row.urls.token)).toEqual(right);
    if (row.refresh) expect(card.refresh).not.toBe(false);
  });

  it('asks for the person where the provider’s documents say', () => {
    const { card, row, at } = opened(key);
    expect(Boolean(card.user)).toBe(row.user.length > 0);
    const calls = Object.entries({ ...(card.user && { '': card.user.url }), ...card.user?.more });
    // A follow-up call is known by its last segment, an address of one person by the id in it.
    const segment = (url: string, name: string) => (url.includes('{uid}') ? ':uid' : name && new URL(url).pathname.split('/').pop()!);
    for (const [name, url] of calls) expect(held(at(url), row.urls.user?.[segment(url, name)])).toEqual(right);
  });

  it('checks ID tokens against the provider’s own keys and name', () => {
    const { card, row, at } = opened(key);
    if (!card.idToken) return expect(card.user).toBeDefined();
    expect(held(at(card.idToken.jwks), row.urls.jwks)).toEqual(right);
    expect(held(at(card.idToken.issuer), row.urls.issuer)).toEqual(right);
  });

  it('asks for the scopes that tell who it is', () => {
    const { card, row } = opened(key);
    for (const wanted of row.authorize.scopes?.required ?? []) expect({ wanted, there: card.scopes.some((scope) => matches(wanted, scope)) }).toEqual({ wanted, there: true });
    if (row.authorize.scopes) expect(' ,').toContain(card.scopeSeparator ?? ' ');
  });

  it('uses PKCE wherever the provider knows it', () => {
    const { card, row } = opened(key);
    if (row.authorize.pkce !== 'ignored') expect(card.pkce).toBe(true);
    expect([true, undefined]).toContain(card.pkce);
  });

  it('names the documents that it was written from', () => {
    const { card } = opened(key);
    expect(card.source.length).toBeGreaterThan(0);
    for (const link of card.source) expect(new URL(link).protocol).toBe('https:');
  });
});
