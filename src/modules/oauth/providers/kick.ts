import { text } from '../answer';
import { card } from '../provider';

export const kick = card({
  name: 'Kick',
  source: ['https://docs.kick.com/getting-started/generating-tokens-oauth2-flow', 'https://docs.kick.com/apis/users'],
  note: 'PKCE is demanded. Without ids the users call tells of the token’s owner. Nothing says that the address was verified.',
  scopes: ['user:read'],
  pkce: true,
  authorize: { url: 'https://id.kick.com/oauth/authorize' },
  token: { url: 'https://id.kick.com/oauth/token' },
  user: { url: 'https://api.kick.com/public/v1/users' },
  profile: ({ user }) => ({
    uid: text(user, 'data', 0, 'user_id'),
    email: text(user, 'data', 0, 'email'),
    emailVerified: false,
    name: text(user, 'data', 0, 'name'),
  }),
});
