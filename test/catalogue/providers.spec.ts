import { fieldsOf, PROVIDERS, type Provider } from '../../src/modules/oauth';
import { allows } from '../oauth/expectation';
import { expectations, type ProviderKey } from '../oauth/expectations';
import { newPerson } from '../oauth/person';

/** Written by hand: apps and projects files spell these. A name is added, never changed and never taken away. */
const FIRST =
  'amazon apple auth0 authentik autodesk bitbucket bitly box dailymotion discord disqus dropbox etsy facebook github gitlab google linkedin microsoft notion oidc okta paypal paypalSandbox podio salesforce slack spotify stripe tradeshift tradeshiftBox twitch wordpress yahoo yammer yandex zoho zoom';
const FURTHER = 'figma fusionauth keycloak kick x';

/** What a URL, a parameter or a header may hold besides settings: the client, the person's id, an ID token's own tenant. */
const ALWAYS = ['clientId', 'clientSecret', 'uid', 'tenantid'];
const OMITTED = ['response_type', 'scope', 'redirect_uri', 'grant_type', 'client_id'];

const CARDS = Object.entries(PROVIDERS);

/** Every text of a card in which braces are filled, by where it stands. */
function templates({ authorize, token, refresh, user, idToken }: Provider): [string, string][] {
  const within = (place: string, texts: object = {}) => Object.entries(texts).map(([name, text]): [string, string] => [`${place}.${name}`, String(text)]);
  return [
    ...within('authorize.params', authorize.params),
    ...within('token.params', token.params),
    ...within('token.headers', token.headers),
    ...within('refresh', refresh ? { ...refresh.params, ...refresh.headers } : {}),
    ...within('user.params', user?.params),
    ...within('user.headers', user?.headers),
    ...urls({ authorize, token, refresh, user, idToken }),
    ...(idToken ? [['idToken.issuer', idToken.issuer] as [string, string]] : []),
  ];
}

function urls({ authorize, token, refresh, user, idToken }: Pick<Provider, 'authorize' | 'token' | 'refresh' | 'user' | 'idToken'>): [string, string][] {
  const all: [string, string | undefined][] = [
    ['authorize.url', authorize.url],
    ['token.url', token.url],
    ['refresh.url', refresh ? refresh.url : undefined],
    ['user.url', user?.url],
    ...Object.entries(user?.more ?? {}).map(([name, url]): [string, string] => [`user.more.${name}`, url]),
    ['idToken.jwks', idToken?.jwks],
  ];
  return all.filter((each): each is [string, string] => each[1] !== undefined);
}

const placeholders = (text: string) => [...text.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name);

describe('the providers', () => {
  it('are those that were promised', () => {
    expect(FIRST.split(' ')).toHaveLength(38);
    expect(Object.keys(PROVIDERS).sort()).toEqual([...FIRST.split(' '), ...FURTHER.split(' ')].sort());
  });

  it('are each held against an expectation', () => {
    expect(Object.keys(PROVIDERS).sort()).toEqual(Object.keys(expectations).sort());
  });

  it('have a name each', () => {
    const names = CARDS.map(([, { name }]) => name.toLowerCase());
    expect(names.filter((name, index) => name === '' || names.indexOf(name) < index)).toEqual([]);
  });

  describe.each(CARDS)('%s', (key, card) => {
    it('goes over https only', () => {
      for (const [where, url] of urls(card)) {
        // GitLab's address is a setting with a default; the generic card's are the operator's or discovered.
        const [whole] = /^\{(\w+)\}/.exec(url) ?? [];
        const { fallback, pattern } = whole ? fieldsOf(card)[whole.slice(1, -1)] : {};
        const secure = url.startsWith('https://') || (whole !== undefined && (key === 'oidc' || (/^https:/.test(fallback ?? '') && /^https:/.test(pattern ?? ''))));
        expect({ where, url, secure }).toEqual({ where, url, secure: true });
      }
    });

    it('asks for nothing that nobody fills in', () => {
      const known = [...Object.keys(fieldsOf(card)), ...ALWAYS];
      for (const [where, text] of templates(card)) expect([where, placeholders(text).filter((name) => !known.includes(name))]).toEqual([where, []]);
      // The person's id is found before the user call alone, by the card's own function.
      const uses = templates(card).filter(([, text]) => placeholders(text).includes('uid'));
      expect(uses.map(([where]) => where).filter((where) => !where.startsWith('user.'))).toEqual([]);
      expect(uses.length > 0).toBe(Boolean(card.user?.uid));
    });

    it('leaves out what there is to leave out, and nothing else', () => {
      const { authorize, token, refresh } = card;
      for (const omit of [authorize.omit, token.omit, refresh ? refresh.omit : undefined]) expect((omit ?? []).filter((name) => !OMITTED.includes(name))).toEqual([]);
      // Without a scope parameter there is no scope to ask for.
      if (authorize.omit?.includes('scope')) expect(card.scopes).toEqual([]);
    });

    it('can tell who it is', () => {
      expect(Boolean(card.user) || card.idToken?.required === true).toBe(true);
      expect(card.hasSecret === false).toBe(card.clientSecret !== undefined);
    });

    it('says of itself whether the provider vouches for addresses', () => {
      const { outcome } = expectations[key as ProviderKey];
      // Microsoft does by a claim that nobody gets unasked: operators add it where they register the app.
      const onRequest = key === 'microsoft';
      expect(onRequest || allows(outcome(newPerson()).emailVerified, card.vouches === true)).toBe(true);
    });

    it('describes its settings', () => {
      for (const [field, { description, pattern, fallback }] of Object.entries(fieldsOf(card))) {
        expect([field, description]).toEqual([field, expect.stringMatching(/^[A-Z].*\.$/)]);
        expect(() => new RegExp(`^(${pattern ?? ''})$`)).not.toThrow();
        if (fallback && pattern) expect(fallback).toMatch(new RegExp(`^(${pattern})$`));
      }
      if (card.note) expect(card.note).toMatch(/^\S.*\.$/);
    });
  });
});
