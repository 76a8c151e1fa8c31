import { verify } from 'jsonwebtoken';
import { type Arrival, authorization } from './arrival';
import type { AuthStyle, Registration } from './expectation';
import { appleClientKey } from './keys';
import { Refused } from './refused';

const HALF_A_YEAR = 15_777_000;

/** Throws unless the client proves itself in one way that the provider takes, and in that way alone. */
export function checkClient(accepted: readonly AuthStyle[], registration: Registration, request: Arrival, params: URLSearchParams): void {
  const style = styleOf(accepted, request, params);
  if (!accepted.includes(style)) throw new Refused(`the client used ${style}, this provider takes ${accepted.join(' or ')}`, 'invalid_client');
  const { clientId, clientSecret } = registration;
  const id = params.get('client_id');
  const stripes = style === 'bearer' || style === 'basicSecret';
  if ((style === 'params' || style === 'none' || style === 'jwt') && !id && !accepted.includes('bearer')) throw new Refused('parameter client_id is missing', 'invalid_client');
  if (id && id !== clientId && !stripes) throw new Refused('client_id is another one', 'invalid_client');
  if (style === 'params' && params.get('client_secret') !== clientSecret) throw new Refused('client_secret is wrong', 'invalid_client');
  if (style === 'basic' && !basicIs(request, clientId, clientSecret)) throw new Refused('the Basic credentials are wrong', 'invalid_client');
  if (style === 'basicSecret' && !basicIs(request, clientSecret, '')) throw new Refused('the Basic credentials are wrong', 'invalid_client');
  if (style === 'bearer' && authorization(request)?.value !== clientSecret) throw new Refused('the secret key is wrong', 'invalid_client');
  if (style === 'jwt') checkAppleSecret(params.get('client_secret')!, registration);
}

function styleOf(accepted: readonly AuthStyle[], request: Arrival, params: URLSearchParams): AuthStyle {
  const header = authorization(request);
  const secret = params.has('client_secret');
  if (header && secret) throw new Refused('the client proves itself twice, by a header and by a parameter', 'invalid_client');
  if (header?.scheme === 'basic') return accepted.includes('basicSecret') ? 'basicSecret' : 'basic';
  if (header?.scheme === 'bearer') return 'bearer';
  if (!secret) return 'none';
  return accepted.includes('jwt') ? 'jwt' : 'params';
}

/** RFC 6749 has both halves form-encoded first, RFC 7617 does not: both are seen in the wild. */
function basicIs(request: Arrival, user: string, password: string): boolean {
  const [given, ...rest] = Buffer.from(authorization(request)!.value, 'base64').toString().split(':');
  const secret = rest.join(':');
  return (given === user && secret === password) || (decodeURIComponent(given) === user && decodeURIComponent(secret) === password);
}

// https://developer.apple.com/documentation/accountorganizationaldatasharing/creating-a-client-secret
function checkAppleSecret(secret: string, { clientId, teamId, keyId }: Registration): void {
  try {
    const { header, payload } = verify(secret, appleClientKey.publicKey, {
      algorithms: ['ES256'],
      audience: 'https://appleid.apple.com',
      issuer: teamId,
      subject: clientId,
      complete: true,
    });
    const { exp, iat } = payload as { exp?: number; iat?: number };
    if (header.kid !== keyId) throw new Error(`kid is "${header.kid}"`);
    if (!exp || !iat) throw new Error('iat or exp is missing');
    if (exp - Date.now() / 1000 > HALF_A_YEAR) throw new Error('it lives longer than six months');
  } catch (error) {
    throw new Refused(`client_secret is no JWT that Apple takes: ${(error as Error).message}`, 'invalid_client');
  }
}
