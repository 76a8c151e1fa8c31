import type { ErrorShape, Expectation } from '../expectation';
import { BEARER, client, unvouched } from './usual';

// https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow
// https://developers.facebook.com/docs/graph-api/guides/versioning: a version lives two years. Today's are v21.0 and later.

const version = 'v(2[1-9]|[3-9]\\d)\\.0';

const error: ErrorShape = (reason, code) => ({
  status: 400,
  body: { error: { message: reason, type: 'OAuthException', code: code === 'invalid_token' ? 190 : 100, fbtrace_id: 'EJplcsCHuLu' } },
});

export const facebook: Expectation = {
  urls: {
    authorize: [new RegExp(`^https://www\\.facebook\\.com/${version}/dialog/oauth$`)],
    token: [new RegExp(`^https://graph\\.facebook\\.com/${version}/oauth/access_token$`)],
    user: { '': [new RegExp(`^https://graph\\.facebook\\.com/${version}/me(\\?.*)?$`)] },
  },
  registration: client('facebook'),
  authorize: { params: {}, optional: { response_type: 'code' }, scopes: { required: ['email'], separator: /[ ,]/ }, pkce: 'supported' },
  token: {
    methods: ['GET', 'POST'], // documented as GET; Meta's own SDKs post
    auth: ['params'],
    params: {},
    optional: { grant_type: 'authorization_code' },
    redirectUri: 'same',
    answer: ({ accessToken }) => ({ access_token: accessToken, token_type: 'bearer', expires_in: 5_183_944 }),
  },
  refresh: null,
  user: [
    {
      segment: '',
      // The guide shows the query, the reference of Meta's newer products the header; the same server reads both.
      token: [BEARER, { scheme: 'OAuth' }, { query: 'access_token' }],
      query: { fields: /(^|,)email(,|$)/ },
      // Only what was asked for comes, and always the id.
      answer: ({ id, name, email }, { query }) => {
        const all: Record<string, unknown> = { name, email, first_name: name.split(' ')[0], last_name: name.split(' ')[1] };
        const asked = query.get('fields')!.split(',').filter((field) => field in all);
        return { ...Object.fromEntries(asked.map((field) => [field, all[field]])), id };
      },
    },
  ],
  error: { token: error, user: error },
  outcome: unvouched,
};
