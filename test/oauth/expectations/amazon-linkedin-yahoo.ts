import type { Expectation } from '../expectation';
import { BEARER, claims, client, CODE, EXCHANGE, REFRESH, scopes, tokens, unvouched, vouched } from './usual';

// https://developer.amazon.com/docs/login-with-amazon/authorization-code-grant.html
// https://developer.amazon.com/docs/login-with-amazon/obtain-customer-profile.html (three ways to show the token)
export const amazon: Expectation = {
  urls: {
    authorize: ['https://www.amazon.com/ap/oa'],
    token: ['https://api.amazon.com/auth/o2/token'],
    user: { '': ['https://api.amazon.com/user/profile'] },
  },
  registration: { clientId: 'amzn1.application-oa2-client.c3e5', clientSecret: 'amzn1.oa2-cs.v1.6208' },
  authorize: { params: CODE, scopes: scopes('profile'), pkce: 'supported' },
  token: { auth: ['params', 'basic'], params: EXCHANGE, redirectUri: 'same', answer: tokens },
  refresh: { auth: ['params', 'basic'], params: REFRESH, rotation: 'new' },
  user: [
    {
      segment: '',
      token: [BEARER, { header: 'x-amz-access-token' }, { query: 'access_token' }],
      answer: ({ id, name, email }) => ({ user_id: `amzn1.account.${id}`, email, name, postal_code: '98052' }),
    },
  ],
  error: { user: (reason) => ({ status: 401, body: { error: 'invalid_token', error_description: reason, request_id: 'bef0c2f8-e292' } }) },
  outcome: (person) => ({ ...unvouched(person), uid: `amzn1.account.${person.id}` }),
};

// https://learn.microsoft.com/linkedin/consumer/integrations/self-serve/sign-in-with-linkedin-v2
// https://www.linkedin.com/oauth/.well-known/openid-configuration (no nonce among the claims; client_secret_post only)
export const linkedin: Expectation = {
  urls: {
    authorize: ['https://www.linkedin.com/oauth/v2/authorization'],
    token: ['https://www.linkedin.com/oauth/v2/accessToken'],
    user: { '': ['https://api.linkedin.com/v2/userinfo'] },
    jwks: ['https://www.linkedin.com/oauth/openid/jwks'],
    issuer: ['https://www.linkedin.com/oauth', 'https://www.linkedin.com'], // the guide's example says the second
  },
  registration: client('linkedin'),
  authorize: { params: CODE, scopes: scopes('openid', 'profile', 'email'), pkce: 'ignored' },
  token: {
    auth: ['params'],
    params: EXCHANGE,
    redirectUri: 'same',
    answer: (issued) => ({ ...tokens(issued, 5_183_999), scope: issued.scope.replaceAll(' ', ',') }),
  },
  refresh: null, // partners only
  user: [{ segment: '', token: [BEARER], answer: (person) => ({ ...claims(person), locale: { country: 'GB', language: 'en' } }) }],
  idToken: { alg: 'RS256', scope: 'openid', echoesNonce: false, claims },
  error: { user: (reason) => ({ status: 401, body: { status: 401, serviceErrorCode: 65600, code: 'INVALID_ACCESS_TOKEN', message: reason } }) },
  outcome: vouched,
};

// https://developer.yahoo.com/sign-in-with-yahoo/
// https://api.login.yahoo.com/.well-known/openid-configuration (basic and post, S256, ES256)
export const yahoo: Expectation = {
  urls: {
    authorize: ['https://api.login.yahoo.com/oauth2/request_auth'],
    token: ['https://api.login.yahoo.com/oauth2/get_token'],
    user: { '': ['https://api.login.yahoo.com/openid/v1/userinfo'] },
    jwks: ['https://api.login.yahoo.com/openid/v1/certs'],
    issuer: ['https://api.login.yahoo.com'],
  },
  registration: client('yahoo'),
  authorize: { params: CODE, scopes: scopes('openid', 'profile', 'email'), pkce: 'supported' },
  token: {
    auth: ['basic', 'params'],
    params: EXCHANGE,
    redirectUri: 'same',
    answer: (issued) => ({ ...tokens(issued), xoauth_yahoo_guid: issued.person.id }),
  },
  refresh: { auth: ['basic', 'params'], params: REFRESH, rotation: 'new' },
  user: [{ segment: '', token: [BEARER], answer: (person) => ({ ...claims(person), nickname: person.name, profile_images: {} }) }],
  idToken: { alg: 'ES256', scope: 'openid', echoesNonce: true, claims },
  error: { user: (reason) => ({ status: 401, body: { error: { localizedMessage: reason, errorId: 'USER_NOT_AUTHORIZED', message: reason } } }) },
  outcome: vouched,
};
