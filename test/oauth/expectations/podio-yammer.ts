import type { Expectation } from '../expectation';
import { familyName, givenName, login, type Person } from '../person';
import { BEARER, client, CODE, EXCHANGE, REFRESH, scopes, tokens, unvouched, vouched } from './usual';

// https://developers.podio.com/authentication (Authorization: OAuth2 …)
// https://developers.podio.com/authentication/server_side (POST https://api.podio.com/oauth/token/v2, "Content-Type:
// application/json"; the older /oauth/token, which read a form, is gone from the documents)
// https://developers.podio.com/doc/users: /user and /user/profile, or both at once under /user/status

const OAUTH2 = { scheme: 'OAuth2' };

const podioUser = (person: Person) => ({
  user_id: Number(person.id),
  mail: person.email,
  mails: [
    { mail: `new.${login(person)}@example.org`, primary: false, verified: false, disabled: false },
    { mail: person.email, primary: true, verified: person.emailVerified, disabled: false },
  ],
  status: 'active',
  locale: 'en_GB',
  timezone: 'Europe/London',
  flags: [],
  created_on: '2011-01-12 10:00:00',
});

const podioProfile = ({ id, name, email }: Person) => ({
  profile_id: 900_001,
  user_id: Number(id),
  type: 'user',
  name,
  mail: [email],
  avatar: null,
  link: `https://podio.com/users/${id}`,
  last_seen_on: '2012-01-12 10:00:00',
});

export const podio: Expectation = {
  urls: {
    authorize: ['https://podio.com/oauth/authorize'],
    token: ['https://api.podio.com/oauth/token/v2'],
    user: { '': ['https://api.podio.com/user', 'https://api.podio.com/user/status'], profile: ['https://api.podio.com/user/profile'] },
  },
  registration: client('podio'),
  authorize: { params: {}, optional: CODE, scopes: null, pkce: 'ignored' },
  token: {
    body: 'json',
    auth: ['params'],
    params: EXCHANGE,
    redirectUri: 'same',
    answer: (issued) => ({ ...tokens(issued, 28_800), token_type: 'bearer', scope: 'global:all', ref: { type: 'user', id: Number(issued.person.id) } }),
  },
  refresh: { body: 'json', auth: ['params'], params: REFRESH, rotation: 'new' },
  user: [
    { segment: '', token: [OAUTH2], answer: podioUser },
    { segment: 'profile', token: [OAUTH2], answer: podioProfile },
    { segment: 'status', token: [OAUTH2], answer: (person) => ({ user: podioUser(person), profile: podioProfile(person), properties: {}, inbox_new: 0 }) },
  ],
  error: { user: (reason) => ({ status: 401, body: { error: 'unauthorized', error_description: reason, error_detail: 'oauth.invalid_token', error_propagate: false } }) },
  outcome: vouched,
};

const yammerUser = (person: Person) => ({
  type: 'user',
  id: Number(person.id),
  network_id: 104_604,
  state: 'active',
  full_name: person.name,
  first_name: givenName(person),
  last_name: familyName(person),
  name: login(person),
  network_name: 'example.com',
  email: person.email,
  verified_admin: 'false',
  contact: { email_addresses: [{ type: 'primary', address: person.email }], phone_numbers: [] },
  mugshot_url: 'https://mug0.assets-yammer.com/a.png',
});

// https://learn.microsoft.com/rest/api/yammer/getting-started: since July 2025 Yammer's APIs "should be called via Entra
// applications"; its own apps are retired but for those that Microsoft approves one by one.
// https://learn.microsoft.com/rest/api/yammer/app-registration (delegated access alone, permission access_as_user)
// https://learn.microsoft.com/rest/api/yammer/authentication-1 (the identity platform's token endpoint, scopes of https://www.yammer.com)
// https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow (PKCE, offline_access, the token's shape)
export const yammer: Expectation = {
  urls: {
    authorize: ['https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize'],
    token: ['https://login.microsoftonline.com/organizations/oauth2/v2.0/token'],
    user: { '': ['https://www.yammer.com/api/v1/users/current.json'] },
  },
  registration: { clientId: '22223333-bbbb-4444-cccc-5555dddd6666', clientSecret: 'zXgdYAmab0YSkuL1~qKv5bPX.y_Wq', tenant: 'organizations' },
  authorize: {
    params: CODE,
    optional: { response_mode: 'query' },
    scopes: scopes(/^https:\/\/(www|api)\.yammer\.com\/(access_as_user|user_impersonation|\.default)$/),
    pkce: 'supported',
  },
  token: { auth: ['params', 'basic'], params: EXCHANGE, redirectUri: 'same', answer: (issued) => ({ ...tokens(issued), ext_expires_in: 3600 }) },
  refresh: {
    auth: ['params', 'basic'],
    params: REFRESH,
    given: (authorize) => (authorize.get('scope') ?? '').split(' ').includes('offline_access'),
    rotation: 'new',
  },
  user: [{ segment: '', token: [BEARER], answer: yammerUser }],
  error: { user: (reason) => ({ status: 401, body: { response: { message: reason, code: 16, stat: 'fail' } } }) },
  outcome: unvouched,
};
