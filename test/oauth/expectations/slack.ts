import type { ErrorShape, Expectation } from '../expectation';
import { familyName, givenName, type Person } from '../person';
import { BEARER, client, CODE, scopes, vouched } from './usual';

// Sign in with Slack: https://docs.slack.dev/authentication/sign-in-with-slack/
// https://docs.slack.dev/reference/methods/openid.connect.token (form or JSON, no refresh without token rotation)
// https://docs.slack.dev/reference/methods/openid.connect.userInfo

const uid = ({ id }: Person): string => `U${id}`;

const profile = (person: Person) => ({
  sub: uid(person),
  'https://slack.com/user_id': uid(person),
  'https://slack.com/team_id': 'T0R7GR',
  email: person.email,
  email_verified: person.emailVerified,
  date_email_verified: person.emailVerified ? 1_622_128_723 : 0,
  name: person.name,
  picture: 'https://secure.gravatar.com/avatar/bc.png',
  given_name: givenName(person),
  family_name: familyName(person),
  locale: 'en-GB',
  'https://slack.com/team_name': 'kraneflannel',
  'https://slack.com/team_domain': 'kraneflannel',
  'https://slack.com/team_image_default': true,
});

/** Slack answers 200 and says ok: false. */
const error: ErrorShape = (reason, code) => ({
  status: 200,
  body: { ok: false, error: { invalid_client: 'bad_client_secret', invalid_grant: 'invalid_code', invalid_token: 'invalid_auth' }[code] ?? 'invalid_arguments', detail: reason },
});

export const slack: Expectation = {
  urls: {
    authorize: ['https://slack.com/openid/connect/authorize'],
    token: ['https://slack.com/api/openid.connect.token'],
    user: { '': ['https://slack.com/api/openid.connect.userInfo'] },
    jwks: ['https://slack.com/openid/connect/keys'],
    issuer: ['https://slack.com'],
  },
  registration: { ...client('slack'), clientId: '25259531569.1115229' },
  authorize: { params: CODE, forbidden: ['user_scope'], scopes: scopes('openid', 'email', 'profile'), pkce: 'ignored' },
  token: {
    auth: ['params', 'basic'],
    params: {},
    optional: { grant_type: 'authorization_code' },
    redirectUri: 'same',
    answer: ({ accessToken, idToken }) => ({ ok: true, access_token: accessToken, token_type: 'Bearer', id_token: idToken }),
  },
  refresh: null,
  user: [{ segment: '', token: [BEARER], answer: (person) => ({ ok: true, ...profile(person) }) }],
  idToken: {
    alg: 'RS256',
    scope: 'openid',
    echoesNonce: true,
    claims: (person) => ({ auth_time: 1_700_000_000, at_hash: 'tUbyWGBHe0V32FJEupkgVQ', ...profile(person) }),
  },
  error: { token: error, user: error },
  outcome: (person) => ({ ...vouched(person), uid: uid(person) }),
};
