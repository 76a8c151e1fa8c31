import { standardClaims } from '../answer';
import { card } from '../provider';

export const google = card({
  name: 'Google',
  source: [
    'https://developers.google.com/identity/openid-connect/openid-connect',
    'https://developers.google.com/identity/openid-connect/reference',
    'https://accounts.google.com/.well-known/openid-configuration',
  ],
  note: 'A refresh token comes only with access_type=offline, and after the first sign-in only with prompt=consent. Secrets and tokens travel in body and header, no longer in the query.',
  scopes: ['openid', 'email', 'profile'],
  vouches: true,
  pkce: true,
  authorize: { url: 'https://accounts.google.com/o/oauth2/v2/auth', params: { access_type: 'offline', prompt: 'consent' } },
  token: { url: 'https://oauth2.googleapis.com/token' },
  user: { url: 'https://openidconnect.googleapis.com/v1/userinfo' },
  idToken: { issuer: 'https://accounts.google.com', jwks: 'https://www.googleapis.com/oauth2/v3/certs' },
  profile: ({ user }) => standardClaims(user),
});
