import { standardClaims } from '../answer';
import { card } from '../provider';

export const fusionauth = card({
  name: 'FusionAuth',
  source: ['https://fusionauth.io/docs/lifecycle/authenticate-users/oauth/endpoints'],
  note: 'The issuer is a free text of the tenant (acme.com at first), and ID tokens may be signed with a shared secret, so the user call tells alone.',
  settings: { domain: { description: 'Host name of the FusionAuth server.' } },
  scopes: ['openid', 'profile', 'email', 'offline_access'],
  vouches: true,
  pkce: true,
  authorize: { url: 'https://{domain}/oauth2/authorize' },
  token: { url: 'https://{domain}/oauth2/token' },
  user: { url: 'https://{domain}/oauth2/userinfo' },
  profile: ({ user }) => standardClaims(user),
});
