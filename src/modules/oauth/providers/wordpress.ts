import { flag, text } from '../answer';
import { card } from '../provider';

export const wordpress = card({
  name: 'WordPress.com',
  source: ['https://developer.wordpress.com/docs/api/wpcc/', 'https://developer.wordpress.com/docs/api/oauth2/', 'https://developer.wordpress.com/docs/api/1.1/get/me/'],
  note: '`verified` tells of the account, `email_verified` of the address. Tokens do not expire, so there is nothing to refresh.',
  scopes: ['auth'],
  vouches: true,
  authorize: { url: 'https://public-api.wordpress.com/oauth2/authorize' },
  token: { url: 'https://public-api.wordpress.com/oauth2/token' },
  refresh: false,
  user: { url: 'https://public-api.wordpress.com/rest/v1.1/me' },
  profile: ({ user }) => ({
    uid: text(user, 'ID'),
    email: text(user, 'email'),
    emailVerified: flag(user, 'email_verified'),
    name: text(user, 'display_name') || text(user, 'username'),
  }),
});
