import { type Expectation, oneOf } from '../expectation';
import { login } from '../person';
import { BEARER, client, vouched } from './usual';

// https://dev.bitly.com/docs/getting-started/authentication/ (no response_type, no scope, no refresh; the token answer is a
// form to who does not ask for JSON)
// https://dev.bitly.com/api-reference/#getUser

export const bitly: Expectation = {
  urls: {
    authorize: ['https://bitly.com/oauth/authorize'],
    token: ['https://api-ssl.bitly.com/oauth/access_token'],
    user: { '': ['https://api-ssl.bitly.com/v4/user'] },
  },
  registration: client('bitly'),
  authorize: { params: {}, optional: { response_type: 'code' }, scopes: null, pkce: 'ignored' },
  token: {
    auth: ['params'],
    params: {},
    optional: { grant_type: 'authorization_code' },
    redirectUri: 'same',
    format: 'byAccept',
    answer: ({ accessToken, person }) => ({ access_token: accessToken, login: `bitly_${person.id}`, apiKey: 'R_0da49e0a9118ff35f52f629d2d71bf07' }),
  },
  refresh: null,
  user: [
    {
      segment: '',
      token: [BEARER],
      answer: (person) => ({
        created: '2016-04-01T00:00:00+0000',
        modified: '2016-04-01T00:00:00+0000',
        login: `bitly_${person.id}`,
        is_active: true,
        is_2fa_enabled: true,
        name: person.name,
        emails: [
          { email: `new.${login(person)}@example.org`, is_primary: false, is_verified: false },
          { email: person.email, is_primary: true, is_verified: person.emailVerified },
        ],
        is_sso_user: false,
        default_group_guid: 'Ba1bc23dE4F',
      }),
    },
  ],
  error: { user: (reason) => ({ status: 403, body: { message: 'FORBIDDEN', description: reason } }) },
  outcome: (person) => ({
    ...vouched(person),
    uid: `bitly_${person.id}`,
    email: person.emailVerified ? person.email : oneOf(person.email, ''),
  }),
};
