import { type Expectation, oneOf } from '../expectation';
import { familyName, givenName, login } from '../person';
import { BEARER, client, CODE, EXCHANGE, REFRESH, scopes, tokens, unvouched } from './usual';

// https://developer.wordpress.com/docs/oauth2/ · https://developer.wordpress.com/docs/wpcc/ (me/ of v1; the reference has v1.1)
export const wordpress: Expectation = {
  urls: {
    authorize: ['https://public-api.wordpress.com/oauth2/authorize'],
    token: ['https://public-api.wordpress.com/oauth2/token'],
    user: { '': [/^https:\/\/public-api\.wordpress\.com\/rest\/v1(\.1)?\/me\/?$/] },
  },
  registration: client('wordpress', { clientId: '12345' }),
  authorize: { params: CODE, scopes: scopes(/^(auth|global)$/), pkce: 'ignored' },
  token: {
    auth: ['params'],
    params: EXCHANGE,
    redirectUri: 'same',
    answer: ({ accessToken, scope }) => ({ access_token: accessToken, blog_id: '0', blog_url: null, token_type: 'bearer', scope }),
  },
  refresh: null, // two weeks, then the user comes again
  user: [
    {
      segment: '',
      token: [BEARER],
      answer: (person) => ({
        ID: Number(person.id),
        display_name: login(person),
        username: login(person),
        email: person.email,
        primary_blog: 1,
        primary_blog_url: 'https://ada.wordpress.com',
        language: 'en',
        token_site_id: false,
        token_scope: ['auth'],
        avatar_URL: 'https://0.gravatar.com/avatar/a',
        profile_URL: 'https://gravatar.com/ada',
        verified: person.emailVerified,
        email_verified: person.emailVerified,
        date: '2012-01-12T10:00:00+00:00',
        site_count: 1,
        has_unseen_notes: false,
        phone_account: false,
      }),
    },
  ],
  error: { user: (reason) => ({ status: 403, body: { error: 'authorization_required', message: reason } }) },
  // Appwrite reads the address of a verified account only; reading it as unproven is as right.
  outcome: (person) => ({
    uid: person.id,
    email: person.emailVerified ? person.email : oneOf(person.email, ''),
    emailVerified: person.emailVerified,
    name: login(person),
  }),
};

// https://docs.x.com/fundamentals/authentication/oauth-2-0/user-access-token · https://docs.x.com/x-api/users/get-my-user
// confirmed_email holds an address that the user confirmed, and is missing otherwise.
export const x: Expectation = {
  urls: {
    authorize: ['https://x.com/i/oauth2/authorize'],
    token: ['https://api.x.com/2/oauth2/token'],
    user: { '': [/^https:\/\/api\.x\.com\/2\/users\/me(\?.*)?$/] },
  },
  registration: client('x'),
  authorize: { params: CODE, scopes: scopes('tweet.read', 'users.read', 'users.email'), pkce: 'required' },
  token: {
    auth: ['basic'],
    params: { ...EXCHANGE, code_verifier: /.+/ },
    redirectUri: 'same',
    answer: (issued) => ({ ...tokens(issued, 7200), token_type: 'bearer' }),
  },
  refresh: {
    auth: ['basic'],
    params: REFRESH,
    given: (authorize) => (authorize.get('scope') ?? '').split(' ').includes('offline.access'),
    rotation: 'single-use',
  },
  user: [
    {
      segment: '',
      token: [BEARER],
      query: { 'user.fields': /(^|,)confirmed_email(,|$)/ },
      answer: (person) => ({ data: { id: person.id, name: person.name, username: login(person), ...(person.emailVerified && { confirmed_email: person.email }) } }),
    },
  ],
  error: { user: (reason) => ({ status: 401, body: { title: 'Unauthorized', type: 'about:blank', status: 401, detail: reason } }) },
  outcome: ({ id, name, email, emailVerified }) => ({ uid: id, email: emailVerified ? email : '', emailVerified, name }),
};

// https://yandex.com/dev/id/doc/en/codes/code-url (redirect_uri and scope are optional, PKCE) · /user-information
// (Authorization: OAuth …, "recommended"; oauth_token in the query is called unsafe)
export const yandex: Expectation = {
  urls: {
    authorize: [/^https:\/\/oauth\.yandex\.(com|ru)\/authorize$/],
    token: [/^https:\/\/oauth\.yandex\.(com|ru)\/token$/],
    user: { '': [/^https:\/\/login\.yandex\.ru\/info(\?format=json)?$/] },
  },
  registration: client('yandex'),
  authorize: { params: CODE, redirectUriOptional: true, scopes: null, pkce: 'supported' },
  token: { auth: ['basic', 'params'], params: EXCHANGE, redirectUri: 'optional', answer: (issued) => ({ ...tokens(issued, 31_536_000), token_type: 'bearer' }) },
  refresh: { auth: ['basic', 'params'], params: REFRESH, rotation: 'new' },
  user: [
    {
      segment: '',
      token: [{ scheme: 'OAuth' }, { query: 'oauth_token' }],
      answer: (person) => ({
        id: person.id,
        login: login(person),
        client_id: 'yandex-client-1',
        display_name: person.name,
        real_name: person.name,
        first_name: givenName(person),
        last_name: familyName(person),
        sex: 'female',
        default_email: person.email,
        emails: [person.email],
        birthday: '1815-12-10',
        default_avatar_id: '131652443',
        is_avatar_empty: false,
        psuid: '1.AAceCw.tbHgw5DtJ9_zeqPrk-Ba2w',
      }),
    },
  ],
  error: { user: (reason) => ({ status: 401, body: { error: 'invalid_token', error_description: reason } }) },
  outcome: unvouched,
};
