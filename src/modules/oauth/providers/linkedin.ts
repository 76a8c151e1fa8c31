import { standardClaims } from '../answer';
import { card } from '../provider';

export const linkedin = card({
  name: 'LinkedIn',
  source: [
    'https://learn.microsoft.com/en-us/linkedin/consumer/integrations/self-serve/sign-in-with-linkedin-v2',
    'https://www.linkedin.com/oauth/.well-known/openid-configuration',
  ],
  note: 'The nonce does not come back. PKCE is for native apps alone: here a code_verifier makes the token endpoint refuse the client. Refresh tokens go to chosen partners.',
  scopes: ['openid', 'profile', 'email'],
  vouches: true,
  authorize: { url: 'https://www.linkedin.com/oauth/v2/authorization' },
  token: { url: 'https://www.linkedin.com/oauth/v2/accessToken' },
  user: { url: 'https://api.linkedin.com/v2/userinfo' },
  idToken: { issuer: 'https://www.linkedin.com/oauth', jwks: 'https://www.linkedin.com/oauth/openid/jwks', nonce: false },
  profile: ({ user }) => standardClaims(user),
});
