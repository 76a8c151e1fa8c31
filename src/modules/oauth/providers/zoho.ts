import { standardClaims } from '../answer';
import { card } from '../provider';

export const zoho = card({
  name: 'Zoho',
  source: ['https://www.zoho.com/accounts/protocol/oauth/sign-in-using-zoho.html', 'https://accounts.zoho.com/.well-known/openid-configuration'],
  note: 'The person is in the ID token, whose header says `key_id` where RFC 7515 says `kid`: all of Zoho’s keys are tried. A refresh token comes only with access_type=offline.',
  settings: { domain: { description: 'Accounts server of the data center that the app is registered in, such as accounts.zoho.eu.', fallback: 'accounts.zoho.com' } },
  scopes: ['openid', 'email', 'profile'],
  vouches: true,
  pkce: true,
  authorize: { url: 'https://{domain}/oauth/v2/auth', params: { access_type: 'offline' } },
  token: { url: 'https://{domain}/oauth/v2/token' },
  idToken: { issuer: 'https://{domain}', jwks: 'https://{domain}/oauth/v2/keys', nonce: false, required: true },
  profile: ({ claims }) => standardClaims(claims),
});
