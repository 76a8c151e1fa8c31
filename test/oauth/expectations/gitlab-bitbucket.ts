import { type Expectation, oneOf } from '../expectation';
import { login, type Person } from '../person';
import { BEARER, client, CODE, EXCHANGE, REFRESH, scopes, tokens, vouched } from './usual';

// https://docs.gitlab.com/api/oauth2/ · https://docs.gitlab.com/api/users/ (GET /user: confirmed_at)
export const gitlab: Expectation = {
  urls: {
    authorize: ['https://gitlab.example.org/oauth/authorize'],
    token: ['https://gitlab.example.org/oauth/token'],
    user: { '': ['https://gitlab.example.org/api/v4/user'] },
  },
  registration: client('gitlab', { endpoint: 'https://gitlab.example.org' }),
  authorize: { params: CODE, scopes: scopes(/^(read_user|api|read_api)$/), pkce: 'supported' },
  token: {
    auth: ['params', 'basic'], // the guide shows parameters, the server behind it takes both
    params: EXCHANGE,
    redirectUri: 'same',
    answer: (issued) => ({ ...tokens(issued, 7200), created_at: 1_700_000_000 }),
  },
  refresh: { auth: ['params', 'basic'], params: REFRESH, rotation: 'single-use' },
  user: [
    {
      segment: '',
      token: [BEARER],
      answer: (person) => ({
        id: Number(person.id),
        username: login(person),
        name: person.name,
        state: 'active',
        locked: false,
        avatar_url: null,
        web_url: `https://gitlab.example.org/${login(person)}`,
        created_at: '2012-05-23T08:00:58Z',
        bio: '',
        public_email: '',
        last_sign_in_at: '2012-06-01T11:41:01Z',
        confirmed_at: person.emailVerified ? '2012-05-23T09:05:22Z' : null,
        email: person.email,
        commit_email: person.email,
        identities: [],
        two_factor_enabled: true,
        external: false,
      }),
    },
  ],
  error: { user: (reason) => ({ status: 401, body: { error: 'invalid_token', error_description: reason } }) },
  outcome: vouched,
};

const uuid = ({ id }: Person): string => `{a1b2c3d4-0000-4000-8000-000${id}}`;

// https://developer.atlassian.com/cloud/bitbucket/oauth-2/ (curl -u: Basic; RFC 6749's parameters are known to work too)
// https://developer.atlassian.com/cloud/bitbucket/rest/api-group-users/
export const bitbucket: Expectation = {
  urls: {
    authorize: ['https://bitbucket.org/site/oauth2/authorize'],
    token: ['https://bitbucket.org/site/oauth2/access_token'],
    user: { '': ['https://api.bitbucket.org/2.0/user'], emails: ['https://api.bitbucket.org/2.0/user/emails'] },
  },
  registration: client('bitbucket'),
  authorize: { params: CODE, redirectUriOptional: true, scopes: null, pkce: 'ignored' },
  token: {
    auth: ['basic', 'params'],
    params: EXCHANGE,
    redirectUri: 'optional',
    answer: ({ accessToken, refreshToken }) => ({
      access_token: accessToken,
      scopes: 'account email',
      expires_in: 7200,
      refresh_token: refreshToken,
      token_type: 'bearer',
      state: 'authorization_code',
    }),
  },
  refresh: { auth: ['basic', 'params'], params: REFRESH, rotation: 'new' },
  user: [
    {
      segment: '',
      token: [BEARER],
      answer: (person) => ({
        type: 'user',
        uuid: uuid(person),
        account_id: `557058:${person.id}`,
        display_name: person.name,
        nickname: login(person),
        username: login(person),
        account_status: 'active',
        is_staff: false,
        has_2fa_enabled: null,
        created_on: '2013-10-26T02:41:22.000000+00:00',
        links: { self: { href: 'https://api.bitbucket.org/2.0/users/1' }, avatar: { href: 'https://bitbucket.org/a.png' } },
      }),
    },
    {
      segment: 'emails',
      token: [BEARER],
      answer: ({ email, emailVerified, id }) => ({
        pagelen: 10,
        page: 1,
        size: 2,
        values: [
          { type: 'email', email: `new.${id}@example.org`, is_primary: false, is_confirmed: false, links: {} },
          { type: 'email', email, is_primary: true, is_confirmed: emailVerified, links: {} },
        ],
      }),
    },
  ],
  error: { user: (reason) => ({ status: 401, body: { type: 'error', error: { message: reason } } }) },
  // Without a confirmed address one may take the primary one for what it is, or none.
  outcome: (person) => ({
    ...vouched(person),
    uid: uuid(person),
    email: person.emailVerified ? person.email : oneOf(person.email, ''),
  }),
};
