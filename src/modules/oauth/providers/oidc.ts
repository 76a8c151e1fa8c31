import { standardClaims } from '../answer';
import { card, type Provider } from '../provider';

/** Any OpenID Connect provider. The endpoints come from its discovery document; an endpoint that the operator gives wins over it. */
export function openIdConnect(name: string): Provider {
  return card({
    name,
    source: ['https://openid.net/specs/openid-connect-core-1_0.html', 'https://openid.net/specs/openid-connect-discovery-1_0.html'],
    note: 'A provider without a userinfo endpoint is told by its ID token alone.',
    settings: {
      wellKnownEndpoint: { description: 'URL of the discovery document, such as https://id.example/.well-known/openid-configuration.', fallback: '' },
      authorizationEndpoint: { description: 'Authorization endpoint, in place of the discovered one.', fallback: '' },
      tokenEndpoint: { description: 'Token endpoint, in place of the discovered one.', fallback: '' },
      userinfoEndpoint: { description: 'Userinfo endpoint, in place of the discovered one.', fallback: '' },
    },
    scopes: ['openid', 'profile', 'email'],
    vouches: true,
    pkce: true,
    authorize: { url: '{authorizationEndpoint}' },
    token: { url: '{tokenEndpoint}' },
    user: { url: '{userinfoEndpoint}' },
    idToken: { issuer: '{issuer}', jwks: '{jwksUrl}' },
    profile: ({ user, claims }) => standardClaims(user ?? claims),
  });
}
