import type { Expectation } from '../expectation';
import { familyName, givenName } from '../person';
import { BEARER, CODE, EXCHANGE, REFRESH, scopes, tokens, unvouched } from './usual';

// https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow
// https://learn.microsoft.com/graph/api/user-get

const oid = (id: string) => `6ea91a8d-e32e-41a1-b7bd-${id.padStart(12, '0')}`;

export const microsoft: Expectation = {
  urls: {
    authorize: ['https://login.microsoftonline.com/common/oauth2/v2.0/authorize'],
    token: ['https://login.microsoftonline.com/common/oauth2/v2.0/token'],
    user: { '': [/^https:\/\/graph\.microsoft\.com\/v1\.0\/me(\?.*)?$/] },
    jwks: ['https://login.microsoftonline.com/common/discovery/v2.0/keys'],
    issuer: [/^https:\/\/login\.microsoftonline\.com\/[^/]+\/v2\.0$/],
  },
  registration: { clientId: '00001111-aaaa-2222-bbbb-3333cccc4444', clientSecret: 'qWgdYAmab0YSkuL1~qKv5bPX.x_Zq', tenant: 'common' },
  authorize: {
    params: CODE,
    optional: { response_mode: 'query' },
    scopes: scopes(/^(https:\/\/graph\.microsoft\.com\/)?user\.read$/i),
    pkce: 'supported',
  },
  token: { auth: ['params', 'basic'], params: EXCHANGE, redirectUri: 'same', answer: (issued) => ({ ...tokens(issued), ext_expires_in: 3600 }) },
  refresh: {
    auth: ['params', 'basic'],
    params: REFRESH,
    given: (authorize) => (authorize.get('scope') ?? '').split(' ').includes('offline_access'),
    rotation: 'new',
  },
  user: [
    {
      segment: '',
      token: [BEARER],
      answer: (person) => ({
        '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#users/$entity',
        businessPhones: [],
        displayName: person.name,
        givenName: givenName(person),
        jobTitle: null,
        mail: person.email,
        mobilePhone: null,
        officeLocation: null,
        preferredLanguage: 'en-GB',
        surname: familyName(person),
        userPrincipalName: person.email,
        id: oid(person.id),
      }),
    },
  ],
  // Comes only to who adds openid. Its sub differs from Graph's id: pairwise, one for each app.
  idToken: {
    alg: 'RS256',
    scope: 'openid',
    echoesNonce: true,
    claims: ({ id, name, email }) => ({ sub: `AAAAAAAAAAAAAAAAAAAAA-${id}`, oid: oid(id), tid: 'aaaabbbb-0000-cccc-1111-dddd2222eeee', name, preferred_username: email, ver: '2.0' }),
  },
  error: { user: (reason) => ({ status: 401, body: { error: { code: 'InvalidAuthenticationToken', message: reason } } }) },
  // Any tenant's administrator writes what he likes into mail: it is never proven.
  outcome: (person) => ({ ...unvouched(person), uid: oid(person.id) }),
};
