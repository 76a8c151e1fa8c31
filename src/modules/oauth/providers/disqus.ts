import { text } from '../answer';
import { card } from '../provider';

export const disqus = card({
  name: 'Disqus',
  source: ['https://disqus.com/api/docs/auth/', 'https://disqus.com/api/docs/users/details/'],
  note: 'The user call takes the token and the application’s keys in the query, and no header.',
  scopes: ['read', 'email'],
  scopeSeparator: ',',
  authorize: { url: 'https://disqus.com/api/oauth/2.0/authorize/' },
  token: { url: 'https://disqus.com/api/oauth/2.0/access_token/' },
  user: {
    url: 'https://disqus.com/api/3.0/users/details.json',
    token: { query: 'access_token' },
    params: { api_key: '{clientId}', api_secret: '{clientSecret}' },
  },
  profile: ({ user }) => ({
    uid: text(user, 'response', 'id'),
    email: text(user, 'response', 'email'),
    emailVerified: false,
    name: text(user, 'response', 'name') || text(user, 'response', 'username'),
  }),
});
