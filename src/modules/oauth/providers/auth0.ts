import { standardClaims } from '../answer';
import { card } from '../provider';

export const auth0 = card({
  name: 'Auth0',
  source: ['https://auth0.com/docs/api/authentication'],
  settings: { domain: { description: 'Domain of the tenant, such as tenant.eu.auth0.com.' } },
  scopes: ['openid', 'profile', 'email', 'offline_access'],
  vouches: true,
  pkce: true,
  authorize: { url: 'https://{domain}/authorize' },
  token: { url: 'https://{domain}/oauth/token' },
  user: { url: 'https://{domain}/userinfo' },
  idToken: { issuer: 'https://{domain}/', jwks: 'https://{domain}/.well-known/jwks.json' },
  profile: ({ user }) => standardClaims(user),
});
