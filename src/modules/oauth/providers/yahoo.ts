import { standardClaims } from '../answer';
import { card } from '../provider';

export const yahoo = card({
  name: 'Yahoo',
  source: ['https://developer.yahoo.com/oauth2/guide/openid_connect/getting_started.html', 'https://api.login.yahoo.com/.well-known/openid-configuration'],
  note: 'The scopes sdct-r and sdpp-w gave way to those of OpenID Connect. ID tokens are signed with ES256 or RS256.',
  scopes: ['openid', 'profile', 'email'],
  vouches: true,
  pkce: true,
  authorize: { url: 'https://api.login.yahoo.com/oauth2/request_auth' },
  token: { url: 'https://api.login.yahoo.com/oauth2/get_token', credentials: 'basic' },
  user: { url: 'https://api.login.yahoo.com/openid/v1/userinfo' },
  idToken: { issuer: 'https://api.login.yahoo.com', jwks: 'https://api.login.yahoo.com/openid/v1/certs' },
  profile: ({ user }) => standardClaims(user),
});
