import { flag, text } from '../answer';
import { card } from '../provider';

export const dropbox = card({
  name: 'Dropbox',
  source: ['https://developers.dropbox.com/oauth-guide', 'https://www.dropbox.com/developers/documentation/http/documentation#users-get_current_account'],
  note: 'Tokens live four hours, and are refreshed only after token_access_type=offline.',
  scopes: ['account_info.read'],
  vouches: true,
  pkce: true,
  authorize: { url: 'https://www.dropbox.com/oauth2/authorize', params: { token_access_type: 'offline' } },
  token: { url: 'https://api.dropboxapi.com/oauth2/token' },
  user: { url: 'https://api.dropboxapi.com/2/users/get_current_account', method: 'POST' },
  profile: ({ user }) => ({
    uid: text(user, 'account_id'),
    email: text(user, 'email'),
    emailVerified: flag(user, 'email_verified'),
    name: text(user, 'name', 'display_name'),
  }),
});
