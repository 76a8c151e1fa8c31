import type { Expectation } from '../expectation';
import { BEARER, claims, client, CODE, EXCHANGE, REFRESH, scopes, tokens, vouched } from './usual';

/** A provider of the plain standard, https://openid.net/specs/openid-connect-core-1_0.html */
function standard(registration: Expectation['registration'], urls: Expectation['urls'], also: Partial<Expectation> = {}): Expectation {
  return {
    urls,
    registration,
    authorize: { params: CODE, scopes: scopes('openid', 'profile', 'email'), pkce: 'supported' },
    // The way of proving oneself is a setting of the app there; an app may be set to either.
    token: { auth: ['params', 'basic'], params: EXCHANGE, redirectUri: 'same', answer: (issued) => tokens(issued, 86_400) },
    refresh: {
      auth: ['params', 'basic'],
      params: REFRESH,
      given: (authorize) => (authorize.get('scope') ?? '').split(' ').includes('offline_access'),
      rotation: 'new',
    },
    user: [{ segment: '', token: [BEARER], answer: (person) => ({ ...claims(person), updated_at: 1_700_000_000 }) }],
    idToken: { alg: 'RS256', scope: 'openid', echoesNonce: true, claims },
    outcome: vouched,
    ...also,
  };
}

// https://auth0.com/docs/api/authentication
export const auth0 = standard(client('auth0', { domain: 'tenant.eu.auth0.com' }), {
  authorize: ['https://tenant.eu.auth0.com/authorize'],
  token: ['https://tenant.eu.auth0.com/oauth/token'],
  user: { '': ['https://tenant.eu.auth0.com/userinfo'] },
  jwks: ['https://tenant.eu.auth0.com/.well-known/jwks.json'],
  issuer: ['https://tenant.eu.auth0.com/'],
});

// https://docs.goauthentik.io/add-secure-apps/providers/oauth2/ (the slashes at the end are part of the paths). Issuer and
// keys lie under the application's slug, which the registration does not know.
export const authentik = standard(client('authentik', { domain: 'id.example.org' }), {
  authorize: ['https://id.example.org/application/o/authorize/'],
  token: ['https://id.example.org/application/o/token/'],
  user: { '': ['https://id.example.org/application/o/userinfo/'] },
  jwks: [/^https:\/\/id\.example\.org\/application\/o\/[^/]+\/jwks\/$/],
  issuer: [/^https:\/\/id\.example\.org\/application\/o\/[^/]+\/$/, 'https://id.example.org/'],
});

// https://developer.okta.com/docs/reference/api/oidc/
export const okta = standard(client('okta', { domain: 'dev-1.okta.com', authorizationServerId: 'default' }), {
  authorize: ['https://dev-1.okta.com/oauth2/default/v1/authorize'],
  token: ['https://dev-1.okta.com/oauth2/default/v1/token'],
  user: { '': ['https://dev-1.okta.com/oauth2/default/v1/userinfo'] },
  jwks: ['https://dev-1.okta.com/oauth2/default/v1/keys'],
  issuer: ['https://dev-1.okta.com/oauth2/default'],
});

// https://fusionauth.io/docs/lifecycle/authenticate-users/oauth/endpoints. The issuer is a setting of the tenant.
export const fusionauth = standard(client('fusionauth', { domain: 'auth.example.org' }), {
  authorize: ['https://auth.example.org/oauth2/authorize'],
  token: ['https://auth.example.org/oauth2/token'],
  user: { '': ['https://auth.example.org/oauth2/userinfo'] },
  jwks: ['https://auth.example.org/.well-known/jwks.json'],
  issuer: [/.+/],
});

// https://www.keycloak.org/securing-apps/oidc-layers
export const keycloak = standard(
  client('keycloak', { domain: 'sso.example.org', realm: 'shop' }),
  {
    authorize: ['https://sso.example.org/realms/shop/protocol/openid-connect/auth'],
    token: ['https://sso.example.org/realms/shop/protocol/openid-connect/token'],
    user: { '': ['https://sso.example.org/realms/shop/protocol/openid-connect/userinfo'] },
    jwks: ['https://sso.example.org/realms/shop/protocol/openid-connect/certs'],
    issuer: ['https://sso.example.org/realms/shop'],
  },
  // Keycloak gives a refresh token to everybody; offline_access only makes it outlive the session.
  { refresh: { auth: ['params', 'basic'], params: REFRESH, rotation: 'new' } },
);

// Everything comes from discovery, https://openid.net/specs/openid-connect-discovery-1_0.html
export const oidc = standard(client('oidc'), { authorize: [/.+/], token: [/.+/], user: { '': [/.+/] }, jwks: [/.+/], issuer: [/.+/] });
