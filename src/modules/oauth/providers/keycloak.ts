import { standardClaims } from '../answer';
import { card } from '../provider';

export const keycloak = card({
  name: 'Keycloak',
  source: ['https://www.keycloak.org/securing-apps/oidc-layers'],
  settings: {
    domain: { description: 'Host name of the Keycloak server.' },
    realm: { description: 'Name of the realm.', pattern: '[\\w.~-]+' },
  },
  scopes: ['openid', 'profile', 'email', 'offline_access'],
  vouches: true,
  pkce: true,
  authorize: { url: 'https://{domain}/realms/{realm}/protocol/openid-connect/auth' },
  token: { url: 'https://{domain}/realms/{realm}/protocol/openid-connect/token' },
  user: { url: 'https://{domain}/realms/{realm}/protocol/openid-connect/userinfo' },
  idToken: { issuer: 'https://{domain}/realms/{realm}', jwks: 'https://{domain}/realms/{realm}/protocol/openid-connect/certs' },
  profile: ({ user }) => standardClaims(user),
});
