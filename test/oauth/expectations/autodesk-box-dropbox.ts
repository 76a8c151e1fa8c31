import type { Expectation } from '../expectation';
import { familyName, givenName, login } from '../person';
import { BEARER, claims, client, CODE, EXCHANGE, REFRESH, tokens, unvouched, vouched } from './usual';

// https://aps.autodesk.com/en/docs/oauth/v2/tutorials/get-3-legged-token (version 1 is off since April 2024)
// https://aps.autodesk.com/en/docs/oauth/v2/reference/http/userinfo-GET ("use User Info instead of users/@me")
export const autodesk: Expectation = {
  urls: {
    authorize: ['https://developer.api.autodesk.com/authentication/v2/authorize'],
    token: ['https://developer.api.autodesk.com/authentication/v2/token'],
    user: { '': ['https://api.userprofile.autodesk.com/userinfo'] },
    jwks: ['https://developer.api.autodesk.com/authentication/v2/keys'],
    issuer: ['https://developer.api.autodesk.com'],
  },
  registration: client('autodesk'),
  authorize: { params: CODE, scopes: { required: [/^(user-profile:read|openid)$/], separator: ' ' }, pkce: 'supported' },
  token: { auth: ['basic'], params: EXCHANGE, redirectUri: 'same', answer: (issued) => tokens(issued, 3599) },
  refresh: { auth: ['basic'], params: REFRESH, rotation: 'single-use' },
  user: [
    {
      segment: '',
      token: [BEARER],
      answer: (person) => ({
        ...claims(person),
        preferred_username: login(person),
        profile: `https://profile.autodesk.com/${login(person)}`,
        country_code: 'GB',
        is_2fa_enabled: false,
        ldap_info: { ldap_enabled: false },
        updated_at: 1_700_000_000,
      }),
    },
  ],
  idToken: { alg: 'RS256', scope: 'openid', echoesNonce: true, claims },
  error: { user: (reason) => ({ status: 401, body: { developerMessage: reason, errorCode: 'AUTH-006' } }) },
  outcome: (person) => vouched(person),
};

// https://developer.box.com/reference/get-authorize/ · /post-oauth2-token/ · /get-users-me/
export const box: Expectation = {
  urls: {
    authorize: ['https://account.box.com/api/oauth2/authorize'],
    token: ['https://api.box.com/oauth2/token'],
    user: { '': ['https://api.box.com/2.0/users/me'] },
  },
  registration: client('box'),
  authorize: { params: CODE, scopes: null, pkce: 'ignored' },
  token: {
    auth: ['params'],
    params: EXCHANGE,
    redirectUri: 'optional',
    answer: ({ accessToken, refreshToken }) => ({ access_token: accessToken, expires_in: 3718, restricted_to: [], refresh_token: refreshToken, token_type: 'bearer' }),
  },
  refresh: { auth: ['params'], params: REFRESH, rotation: 'single-use' },
  user: [
    {
      segment: '',
      token: [BEARER],
      answer: ({ id, name, email }) => ({
        id,
        type: 'user',
        name,
        login: email,
        created_at: '2012-12-12T10:53:43-08:00',
        modified_at: '2012-12-12T10:53:43-08:00',
        language: 'en',
        timezone: 'Europe/London',
        space_amount: 11_345_156_112,
        space_used: 1_237_009_912,
        max_upload_size: 2_147_483_648,
        status: 'active',
        job_title: '',
        phone: '',
        address: '',
        avatar_url: '',
        notification_email: null,
      }),
    },
  ],
  error: { user: (reason) => ({ status: 401, body: { type: 'error', status: 401, code: 'unauthorized', message: reason, request_id: 'abcdef123456' } }) },
  outcome: unvouched,
};

// https://www.dropbox.com/developers/documentation/http/documentation#oauth2-authorize, #users-get_current_account
export const dropbox: Expectation = {
  urls: {
    authorize: ['https://www.dropbox.com/oauth2/authorize'],
    token: ['https://api.dropboxapi.com/oauth2/token', 'https://api.dropbox.com/oauth2/token'],
    user: { '': ['https://api.dropboxapi.com/2/users/get_current_account'] },
  },
  registration: client('dropbox'),
  authorize: { params: CODE, optional: { token_access_type: /^(online|offline)$/ }, scopes: null, pkce: 'supported' },
  token: {
    auth: ['params', 'basic'],
    params: EXCHANGE,
    redirectUri: 'same',
    answer: (issued) => ({ ...tokens(issued, 14_400), token_type: 'bearer', scope: 'account_info.read', uid: '12345', account_id: `dbid:AAH4f99T0taONIb-${issued.person.id}` }),
  },
  refresh: {
    auth: ['params', 'basic'],
    params: REFRESH,
    given: (authorize) => authorize.get('token_access_type') === 'offline',
    rotation: 'kept',
  },
  user: [
    {
      segment: '',
      method: 'POST',
      token: [BEARER],
      body: 'none',
      answer: (person) => ({
        account_id: `dbid:AAH4f99T0taONIb-${person.id}`,
        name: { given_name: givenName(person), surname: familyName(person), familiar_name: givenName(person), display_name: person.name, abbreviated_name: 'AL' },
        email: person.email,
        email_verified: person.emailVerified,
        disabled: false,
        country: 'GB',
        locale: 'en',
        referral_link: 'https://db.tt/ZITNuhtI',
        is_paired: false,
        account_type: { '.tag': 'basic' },
        root_info: { '.tag': 'user', root_namespace_id: '3235641', home_namespace_id: '3235641' },
      }),
    },
  ],
  error: { user: (reason) => ({ status: 401, body: { error_summary: `invalid_access_token/... ${reason}`, error: { '.tag': 'invalid_access_token' } } }) },
  outcome: (person) => ({ ...vouched(person), uid: `dbid:AAH4f99T0taONIb-${person.id}` }),
};
