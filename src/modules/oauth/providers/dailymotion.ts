import { text } from '../answer';
import { card } from '../provider';

export const dailymotion = card({
  name: 'Dailymotion',
  source: [
    'https://developers.dailymotion.com/reference/authorization-code-grant-type',
    'https://developers.dailymotion.com/guides/api-scopes/',
    'https://developers.dailymotion.com/reference/user-fields',
  ],
  note: 'The field `verified` is not documented as a word about the address, so the address is unverified.',
  scopes: ['userinfo', 'email'],
  authorize: { url: 'https://www.dailymotion.com/oauth/authorize' },
  token: { url: 'https://api.dailymotion.com/oauth/token' },
  user: { url: 'https://api.dailymotion.com/user/me', params: { fields: 'id,email,fullname,screenname' } },
  profile: ({ user }) => ({
    uid: text(user, 'id'),
    email: text(user, 'email'),
    emailVerified: false,
    name: text(user, 'fullname') || text(user, 'screenname'),
  }),
});
