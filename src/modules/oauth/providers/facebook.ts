import { text } from '../answer';
import { card } from '../provider';

export const facebook = card({
  name: 'Facebook',
  source: [
    'https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow',
    'https://developers.facebook.com/docs/graph-api/guides/versioning',
    'https://developers.facebook.com/docs/graph-api/reference/user',
  ],
  note: 'A version lives two years, then its calls are served by the next. There are no refresh tokens, and no word on whether the address, which may be missing, was verified.',
  scopes: ['public_profile', 'email'],
  scopeSeparator: ',',
  pkce: true,
  authorize: { url: 'https://www.facebook.com/v25.0/dialog/oauth' },
  token: { url: 'https://graph.facebook.com/v25.0/oauth/access_token', method: 'GET', send: 'query', omit: ['grant_type'] },
  refresh: false,
  user: { url: 'https://graph.facebook.com/v25.0/me', params: { fields: 'id,name,email' } },
  profile: ({ user }) => ({ uid: text(user, 'id'), email: text(user, 'email'), emailVerified: false, name: text(user, 'name') }),
});
