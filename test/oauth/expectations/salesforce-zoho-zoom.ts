import type { Expectation } from '../expectation';
import { familyName, givenName, type Person } from '../person';
import { BEARER, claims, client, CODE, EXCHANGE, REFRESH, scopes, tokens, vouched } from './usual';

const forceId = ({ id }: Person): string => `005x00000${id}`;
const forceUrl = (person: Person): string => `https://login.salesforce.com/id/00Dx0000000BV7z/${forceId(person)}`;

const forceClaims = (person: Person) => ({ ...claims(person), sub: forceUrl(person) });

// https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_web_server_flow.htm (parameters or Basic)
// https://help.salesforce.com/s/articleView?id=sf.remoteaccess_using_userinfo_endpoint.htm
export const salesforce: Expectation = {
  urls: {
    authorize: ['https://login.salesforce.com/services/oauth2/authorize'],
    token: ['https://login.salesforce.com/services/oauth2/token'],
    user: { '': ['https://login.salesforce.com/services/oauth2/userinfo'] },
    jwks: ['https://login.salesforce.com/id/keys'],
    issuer: ['https://login.salesforce.com'],
  },
  registration: client('salesforce'),
  authorize: { params: CODE, scopes: scopes('openid'), pkce: 'supported' },
  token: {
    auth: ['basic', 'params'],
    params: EXCHANGE,
    redirectUri: 'same',
    answer: ({ accessToken, refreshToken, idToken, person, scope }) => ({
      access_token: accessToken,
      ...(refreshToken && { refresh_token: refreshToken }),
      signature: 'CMJ4l+CCaPQiKjoOEwEig9H4wqhpuLSk4J2urAe+fVg=',
      scope,
      id_token: idToken,
      instance_url: 'https://mydomain.my.salesforce.com',
      id: forceUrl(person),
      token_type: 'Bearer',
      issued_at: '1558553873237',
    }),
  },
  refresh: {
    auth: ['basic', 'params'],
    params: REFRESH,
    given: (authorize) => /(^| )(refresh_token|offline_access)( |$)/.test(authorize.get('scope') ?? ''),
    rotation: 'kept',
  },
  user: [
    {
      segment: '',
      token: [BEARER],
      answer: (person) => ({
        ...forceClaims(person),
        user_id: forceId(person),
        organization_id: '00Dx0000000BV7zEAG',
        preferred_username: `${forceId(person)}@mydomain.example`,
        nickname: givenName(person),
        zoneinfo: 'Europe/London',
        photos: { picture: 'https://mydomain.my.salesforce.com/a.png' },
        active: true,
        user_type: 'STANDARD',
        language: 'en_GB',
      }),
    },
  ],
  idToken: { alg: 'RS256', scope: 'openid', echoesNonce: true, claims: forceClaims },
  error: { user: (reason) => ({ status: 403, body: { error: 'Bad_OAuth_Token', error_description: reason } }) },
  outcome: (person) => ({ ...vouched(person), uid: forceId(person) }),
};

// https://www.zoho.com/accounts/protocol/oauth/sign-in-using-zoho.html (the scope email brings the ID token; the page shows one
// scope only, Zoho's APIs join theirs by commas: blank and comma both pass here)
// https://www.zoho.com/accounts/protocol/oauth/web-apps/authorization.html (access_type=offline brings the refresh token)
export const zoho: Expectation = {
  urls: {
    authorize: ['https://accounts.zoho.com/oauth/v2/auth'],
    token: ['https://accounts.zoho.com/oauth/v2/token'],
    jwks: ['https://accounts.zoho.com/oauth/v2/keys'],
    issuer: ['https://accounts.zoho.com', 'accounts.zoho.com'],
  },
  registration: client('zoho'),
  authorize: { params: CODE, optional: { access_type: /^(online|offline)$/ }, scopes: { required: ['email'], separator: /[ ,]/ }, pkce: 'ignored' },
  token: {
    auth: ['params'],
    params: EXCHANGE,
    redirectUri: 'same',
    answer: ({ accessToken, refreshToken, idToken }) => ({
      access_token: accessToken,
      ...(refreshToken && { refresh_token: refreshToken }),
      id_token: idToken,
      api_domain: 'https://www.zohoapis.com',
      token_type: 'Bearer',
      expires_in: 3600,
    }),
  },
  refresh: { auth: ['params'], params: REFRESH, given: (authorize) => authorize.get('access_type') === 'offline', rotation: 'kept' },
  user: [],
  // Nothing is written of a nonce there; OpenID Connect has it echoed.
  idToken: {
    alg: 'RS256',
    scope: null,
    echoesNonce: true,
    claims: (person) => ({ at_hash: 'HK6E_P6Dh8Y93mRNtsDB1Q', ...claims(person), first_name: givenName(person), last_name: familyName(person) }),
  },
  outcome: vouched,
};

const zoomId = ({ id }: Person): string => `z8dsdsdsdsdCfp8u-${id}`;

// https://developers.zoom.us/docs/integrations/oauth/ (Basic; the app's scopes count, the parameter may be left out)
// https://developers.zoom.us/docs/api/users/#tag/users/GET/users/{userId} (verified: 1 or 0, of the email)
export const zoom: Expectation = {
  urls: {
    authorize: ['https://zoom.us/oauth/authorize'],
    token: ['https://zoom.us/oauth/token'],
    user: { '': ['https://api.zoom.us/v2/users/me'] },
  },
  registration: client('zoom'),
  authorize: { params: CODE, scopes: null, pkce: 'supported' },
  token: { auth: ['basic'], params: EXCHANGE, redirectUri: 'same', answer: (issued) => ({ ...tokens(issued, 3599), scope: 'user:read:user', api_url: 'https://api.zoom.us' }) },
  refresh: { auth: ['basic'], params: REFRESH, rotation: 'single-use' },
  user: [
    {
      segment: '',
      token: [BEARER],
      answer: (person) => ({
        id: zoomId(person),
        first_name: givenName(person),
        last_name: familyName(person),
        display_name: person.name,
        email: person.email,
        type: 1,
        role_name: 'Owner',
        pmi: 6_206_130_000,
        use_pmi: false,
        timezone: 'Europe/London',
        verified: person.emailVerified ? 1 : 0,
        dept: '',
        created_at: '2018-10-31T04:32:37Z',
        last_login_time: '2021-05-05T20:40:30Z',
        pic_url: '',
        account_id: 'gVcjZnYYRLDbb_MfgHuaxg',
        language: 'en-GB',
        status: 'active',
        login_types: [101],
      }),
    },
  ],
  error: { user: (reason) => ({ status: 401, body: { code: 124, message: reason } }) },
  outcome: (person) => ({ ...vouched(person), uid: zoomId(person) }),
};
