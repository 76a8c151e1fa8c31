import { flag, list, text } from '../answer';
import { card } from '../provider';

export const podio = card({
  name: 'Podio',
  source: ['https://developers.podio.com/authentication/server_side', 'https://developers.podio.com/authentication/scopes', 'https://developers.podio.com/doc/users'],
  note: 'Without a scope Podio grants everything there is, so reading the user is asked for. The token endpoint became /oauth/token/v2 and takes JSON, no form; the API names its scheme OAuth2.',
  scopes: ['user:read'],
  vouches: true,
  authorize: { url: 'https://podio.com/oauth/authorize' },
  token: { url: 'https://api.podio.com/oauth/token/v2', send: 'json' },
  user: {
    url: 'https://api.podio.com/user',
    token: { scheme: 'OAuth2' },
    more: { profile: 'https://api.podio.com/user/profile' },
  },
  profile: ({ user, more }) => {
    const email = text(user, 'mail');
    return {
      uid: text(user, 'user_id'),
      email,
      emailVerified: list(user, 'mails').some((each) => text(each, 'mail') === email && flag(each, 'verified')),
      name: text(more.profile, 'name'),
    };
  },
});
