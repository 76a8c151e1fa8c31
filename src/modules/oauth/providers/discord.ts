import { flag, text } from '../answer';
import { card } from '../provider';

export const discord = card({
  name: 'Discord',
  source: ['https://discord.com/developers/docs/topics/oauth2', 'https://discord.com/developers/docs/resources/user'],
  note: 'discordapp.com was renamed discord.com.',
  scopes: ['identify', 'email'],
  vouches: true,
  pkce: true,
  authorize: { url: 'https://discord.com/oauth2/authorize' },
  token: { url: 'https://discord.com/api/oauth2/token' },
  user: { url: 'https://discord.com/api/users/@me' },
  profile: ({ user }) => ({
    uid: text(user, 'id'),
    email: text(user, 'email'),
    emailVerified: flag(user, 'verified'),
    name: text(user, 'global_name') || text(user, 'username'),
  }),
});
