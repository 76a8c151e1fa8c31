import type { Expectation } from '../expectation';
import { BEARER, claims, CODE, EXCHANGE, REFRESH, scopes, tokens, vouched } from './usual';

// https://developers.google.com/identity/openid-connect/openid-connect
// https://accounts.google.com/.well-known/openid-configuration (client_secret_post and client_secret_basic)

export const google: Expectation = {
  urls: {
    authorize: ['https://accounts.google.com/o/oauth2/v2/auth'],
    token: ['https://oauth2.googleapis.com/token'],
    user: { '': ['https://openidconnect.googleapis.com/v1/userinfo', 'https://www.googleapis.com/oauth2/v3/userinfo'] },
    jwks: ['https://www.googleapis.com/oauth2/v3/certs'],
    issuer: ['https://accounts.google.com'],
  },
  registration: { clientId: '1234567890-abc123def456.apps.googleusercontent.com', clientSecret: 'GOCSPX-a1B2_c3D4' },
  authorize: {
    params: CODE,
    optional: { access_type: /^(online|offline)$/, prompt: /^(none|consent|select_account|consent select_account|select_account consent)$/ },
    scopes: scopes('openid', /^(email|https:\/\/www\.googleapis\.com\/auth\/userinfo\.email)$/, /^(profile|https:\/\/www\.googleapis\.com\/auth\/userinfo\.profile)$/),
    pkce: 'supported',
  },
  token: {
    auth: ['params', 'basic'],
    params: EXCHANGE,
    redirectUri: 'same',
    answer: (issued) => tokens(issued, 3920),
  },
  refresh: {
    auth: ['params', 'basic'],
    params: REFRESH,
    given: (authorize) => authorize.get('access_type') === 'offline',
    rotation: 'kept',
  },
  user: [{ segment: '', token: [BEARER], answer: claims }],
  idToken: {
    alg: 'RS256',
    scope: 'openid',
    echoesNonce: true,
    claims: (person) => ({ azp: '1234567890-abc123def456.apps.googleusercontent.com', at_hash: 'HK6E_P6Dh8Y93mRNtsDB1Q', ...claims(person) }),
  },
  error: { user: (reason) => ({ status: 401, body: { error: { code: 401, message: reason, status: 'UNAUTHENTICATED' } } }) },
  outcome: vouched,
};
