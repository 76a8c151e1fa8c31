import { type ErrorShape, type Expectation, oneOf } from '../expectation';
import { login } from '../person';
import { BEARER, client, CODE, EXCHANGE, REFRESH, scopes, tokens, unvouched, vouched } from './usual';

// https://developers.dailymotion.com/guides/platform-api-authentication/ · /reference/user-fields/
export const dailymotion: Expectation = {
  urls: {
    authorize: ['https://www.dailymotion.com/oauth/authorize'],
    token: ['https://api.dailymotion.com/oauth/token'],
    user: { '': [/^https:\/\/api\.dailymotion\.com\/(user\/)?me(\?.*)?$/] },
  },
  registration: client('dailymotion'),
  authorize: { params: CODE, scopes: scopes('userinfo', 'email'), pkce: 'ignored' },
  token: {
    auth: ['params'],
    params: EXCHANGE,
    redirectUri: 'same',
    answer: (issued) => ({ ...tokens(issued, 36_000), uid: `x${issued.person.id}`, email_verified: true }),
  },
  refresh: { auth: ['params'], params: REFRESH, rotation: 'new' },
  user: [
    {
      segment: '',
      token: [BEARER, { scheme: 'OAuth' }], // the old guide says OAuth, the new one Bearer
      query: { fields: /(^|,)id(,|$)/ },
      // A field that is not asked for does not come.
      answer: (person, { query }) => {
        const all: Record<string, unknown> = {
          id: `x${person.id}`,
          email: person.email,
          fullname: person.name,
          first_name: person.name.split(' ')[0],
          last_name: person.name.split(' ')[1],
          screenname: login(person),
          username: login(person),
          verified: person.emailVerified,
          status: 'active',
          country: 'GB',
        };
        return Object.fromEntries(query.get('fields')!.split(',').filter((field) => field in all).map((field) => [field, all[field]]));
      },
    },
  ],
  error: { user: (reason) => ({ status: 401, body: { error: { code: 401, message: reason, type: 'invalid_token' } } }) },
  // `verified` tells of the channel; whether of the address too, the reference leaves open.
  outcome: (person) => ({
    ...vouched(person),
    uid: `x${person.id}`,
    emailVerified: person.emailVerified ? oneOf(true, false) : false,
    name: oneOf(person.name, login(person)),
  }),
};

const disqusError: ErrorShape = (reason, code) => ({ status: code === 'invalid_token' ? 401 : 400, body: { code: 5, response: reason } });

// https://disqus.com/api/docs/auth/ (scopes by comma; calls carry access_token, api_key and api_secret as arguments, a
// bearer header is not mentioned) · https://disqus.com/api/docs/users/details/ (email: with the email scope)
export const disqus: Expectation = {
  urls: {
    authorize: ['https://disqus.com/api/oauth/2.0/authorize/'],
    token: ['https://disqus.com/api/oauth/2.0/access_token/'],
    user: { '': [/^https:\/\/disqus\.com\/api\/3\.0\/users\/details\.json(\?.*)?$/] },
  },
  registration: client('disqus'),
  authorize: { params: CODE, scopes: { required: ['read', 'email'], separator: ',' }, pkce: 'ignored' },
  token: {
    auth: ['params'],
    params: EXCHANGE,
    redirectUri: 'same',
    answer: (issued) => ({ ...tokens(issued, 2_592_000), username: login(issued.person), user_id: Number(issued.person.id), state: null }),
  },
  refresh: { auth: ['params'], params: REFRESH, rotation: 'new' },
  user: [
    {
      segment: '',
      token: [{ query: 'access_token' }],
      query: ({ clientId }) => ({ api_key: clientId }), // the secret may come along; the key must
      answer: (person) => ({
        code: 0,
        response: {
          id: person.id,
          username: login(person),
          name: person.name,
          email: person.email,
          about: '',
          url: '',
          location: '',
          joinedAt: '2012-11-08T16:20:56',
          isAnonymous: false,
          isPrimary: true,
          isPrivate: false,
          numPosts: 7,
          numFollowers: 0,
          numFollowing: 0,
          rep: 1.207496,
          reputation: 1.207496,
          profileUrl: `https://disqus.com/by/${login(person)}/`,
          connections: {},
          avatar: { permalink: 'https://disqus.com/api/users/avatars/a.jpg' },
        },
      }),
    },
  ],
  error: { user: disqusError },
  outcome: unvouched,
};
