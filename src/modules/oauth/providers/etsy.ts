import { text } from '../answer';
import { card } from '../provider';

export const etsy = card({
  name: 'Etsy',
  source: ['https://developers.etsy.com/documentation/essentials/authentication', 'https://developers.etsy.com/documentation/reference#operation/getUser'],
  note: 'Takes PKCE in place of a secret. The person’s id is the part of the access token before the first dot. The API wants the key and the shared secret in x-api-key.',
  scopes: ['email_r', 'profile_r'],
  pkce: true,
  authorize: { url: 'https://www.etsy.com/oauth/connect' },
  token: { url: 'https://api.etsy.com/v3/public/oauth/token', credentials: 'none' },
  user: {
    url: 'https://api.etsy.com/v3/application/users/{uid}',
    uid: (token) => text(token, 'access_token').split('.')[0],
    headers: { 'x-api-key': '{clientId}:{clientSecret}' },
  },
  profile: ({ user }) => ({
    uid: text(user, 'user_id'),
    email: text(user, 'primary_email'),
    emailVerified: false,
    name: [text(user, 'first_name'), text(user, 'last_name')].filter(Boolean).join(' '),
  }),
});
