import { sign } from 'jsonwebtoken';
import { at, standardClaims, text } from '../answer';
import { card } from '../provider';

/** Seconds. Apple takes up to six months; a secret is made for each call, so minutes are enough. */
const SECRET_LIFETIME = 300;

export const apple = card({
  name: 'Apple',
  source: [
    'https://developer.apple.com/documentation/signinwithapplerestapi',
    'https://developer.apple.com/documentation/accountorganizationaldatasharing/creating-a-client-secret',
  ],
  note: 'The secret is a JWT that we sign. The callback is a POST, and tells the name once: at the first sign-in.',
  hasSecret: false,
  settings: {
    teamId: { description: 'Team ID of the developer account.', pattern: '[A-Z0-9]{10}' },
    keyId: { description: 'Key ID of the private key.', pattern: '[A-Z0-9]{10}' },
    privateKey: { description: 'The `.p8` file’s text, PEM.', pattern: '[\\s\\S]*PRIVATE KEY[\\s\\S]*', secret: true },
  },
  clientSecret: ({ clientId, teamId, keyId, privateKey }, now) =>
    sign({ iss: teamId, iat: now, exp: now + SECRET_LIFETIME, aud: 'https://appleid.apple.com', sub: clientId }, privateKey, { algorithm: 'ES256', keyid: keyId }),
  scopes: ['name', 'email'],
  vouches: true,
  authorize: { url: 'https://appleid.apple.com/auth/authorize', params: { response_mode: 'form_post' } },
  token: { url: 'https://appleid.apple.com/auth/token' },
  idToken: { issuer: 'https://appleid.apple.com', jwks: 'https://appleid.apple.com/auth/keys', required: true },
  profile: ({ claims, callback }) => ({ ...standardClaims(claims), name: firstName(callback.user) }),
});

/** The `user` field of the first callback: JSON that the browser carried, so good for a name and for nothing else. */
function firstName(field: string | undefined): string {
  try {
    const name = at(JSON.parse(field ?? '{}'), 'name');
    return [text(name, 'firstName'), text(name, 'lastName')].filter(Boolean).join(' ').slice(0, 128);
  } catch {
    return '';
  }
}
