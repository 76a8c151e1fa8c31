import type { Expectation } from '../expectation';
import { appleClientKey, appleClientKeyPem } from '../keys';
import { EXCHANGE, REFRESH, scopes, vouched } from './usual';

// https://developer.apple.com/documentation/signinwithapplerestapi
// https://developer.apple.com/documentation/signinwithapple/incorporating-sign-in-with-apple-into-other-platforms

export const apple: Expectation = {
  urls: {
    authorize: ['https://appleid.apple.com/auth/authorize'],
    token: ['https://appleid.apple.com/auth/token'],
    jwks: ['https://appleid.apple.com/auth/keys'],
    issuer: ['https://appleid.apple.com'],
  },
  registration: { clientId: 'example.shop.signin', teamId: 'DEF123GHIJ', keyId: appleClientKey.kid, privateKey: appleClientKeyPem },
  authorize: {
    params: { response_type: /^code( id_token)?$/, response_mode: 'form_post' }, // Apple insists on form_post when a scope is asked for
    scopes: scopes('name', 'email'),
    pkce: 'ignored',
    formPost: true,
  },
  token: {
    auth: ['jwt'],
    params: EXCHANGE,
    redirectUri: 'same',
    answer: ({ accessToken, refreshToken, idToken }) => ({
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: 3600,
      refresh_token: refreshToken,
      id_token: idToken,
    }),
  },
  refresh: {
    auth: ['jwt'],
    params: REFRESH,
    rotation: 'kept',
    answer: ({ accessToken, idToken }) => ({ access_token: accessToken, token_type: 'Bearer', expires_in: 3600, id_token: idToken }),
  },
  user: [],
  idToken: {
    alg: 'RS256',
    scope: null,
    echoesNonce: true,
    claims: ({ id, email, emailVerified }) => ({
      sub: `000123.${id}.0456`,
      at_hash: 'sUM7zRHEE7_2Hd1yMcHkAA',
      email,
      // "The value can either be a string or a Boolean": the string "false" must not pass for true.
      email_verified: String(emailVerified),
      is_private_email: 'false',
      auth_time: Math.floor(Date.now() / 1000),
      nonce_supported: true,
      real_user_status: 2,
    }),
  },
  error: { token: (reason, code) => ({ status: 400, body: { error: code, error_description: reason } }) },
  // The name is in the form's `user` field, and there once: at the person's first sign-in.
  outcome: (person) => ({ ...vouched(person), uid: `000123.${person.id}.0456` }),
};
