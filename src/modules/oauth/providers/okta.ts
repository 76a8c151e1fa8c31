import { standardClaims } from '../answer';
import { card } from '../provider';

export const okta = card({
  name: 'Okta',
  source: ['https://developer.okta.com/docs/api/openapi/okta-oauth/oauth/tag/CustomAS', 'https://developer.okta.com/docs/guides/implement-grant-type/authcodepkce/main/'],
  settings: {
    domain: { description: 'Domain of the org, such as acme.okta.com.' },
    authorizationServerId: { description: 'ID of the custom authorization server.', fallback: 'default', pattern: '[A-Za-z0-9_-]+' },
  },
  scopes: ['openid', 'profile', 'email', 'offline_access'],
  vouches: true,
  pkce: true,
  authorize: { url: 'https://{domain}/oauth2/{authorizationServerId}/v1/authorize' },
  token: { url: 'https://{domain}/oauth2/{authorizationServerId}/v1/token' },
  user: { url: 'https://{domain}/oauth2/{authorizationServerId}/v1/userinfo' },
  idToken: { issuer: 'https://{domain}/oauth2/{authorizationServerId}', jwks: 'https://{domain}/oauth2/{authorizationServerId}/v1/keys' },
  profile: ({ user }) => standardClaims(user),
});
