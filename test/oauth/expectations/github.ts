import type { Expectation } from '../expectation';
import { login } from '../person';
import { BEARER, client, vouched } from './usual';

// https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps
// https://docs.github.com/en/rest/using-the-rest-api/getting-started-with-the-rest-api (User-Agent)

const headers = { 'user-agent': /.+/ };
const token = [BEARER, { scheme: 'token' }];

export const github: Expectation = {
  urls: {
    authorize: ['https://github.com/login/oauth/authorize'],
    token: ['https://github.com/login/oauth/access_token'],
    user: { '': ['https://api.github.com/user'], emails: ['https://api.github.com/user/emails'] },
  },
  registration: client('github'),
  authorize: {
    params: {},
    optional: { response_type: 'code' },
    scopes: { required: [/^user(:email)?$/], separator: ' ' },
    pkce: 'supported',
    redirectUriOptional: true,
  },
  token: {
    auth: ['params'],
    params: {},
    optional: { grant_type: 'authorization_code' },
    redirectUri: 'optional',
    format: 'byAccept',
    answer: ({ accessToken, scope }) => ({ access_token: accessToken, scope: scope.replaceAll(' ', ','), token_type: 'bearer' }),
  },
  refresh: null, // OAuth apps' tokens do not expire
  user: [
    {
      segment: '',
      token,
      headers,
      answer: (person) => ({
        login: login(person),
        id: Number(person.id),
        node_id: 'MDQ6VXNlcjE=',
        avatar_url: `https://avatars.githubusercontent.com/u/${person.id}?v=4`,
        html_url: `https://github.com/${login(person)}`,
        type: 'User',
        site_admin: false,
        name: person.name,
        company: null,
        // The public address is whatever its owner typed: proven or not is told by /user/emails alone.
        email: person.emailVerified ? null : person.email,
        public_repos: 2,
        created_at: '2008-01-14T04:33:35Z',
        updated_at: '2024-01-14T04:33:35Z',
      }),
    },
    {
      segment: 'emails',
      token,
      headers,
      answer: ({ email, emailVerified, id }) => [
        ...(emailVerified ? [{ email: `old.${id}@example.org`, primary: false, verified: true, visibility: null }] : []),
        { email, primary: true, verified: emailVerified, visibility: 'private' },
      ],
    },
  ],
  error: {
    // GitHub answers 200 and tells the error in the body.
    token: (reason, code) => ({
      status: 200,
      body: { error: code === 'invalid_grant' ? 'bad_verification_code' : 'incorrect_client_credentials', error_description: reason, error_uri: 'https://docs.github.com' },
    }),
    user: (reason) => ({ status: 401, body: { message: reason, documentation_url: 'https://docs.github.com/rest', status: '401' } }),
  },
  outcome: vouched,
};
