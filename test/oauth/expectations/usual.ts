import type { Issued, Outcome, Registration, TokenPlace } from '../expectation';
import { familyName, givenName, type Person } from '../person';

// What most providers share. A provider that differs says so in its own file.

export const CODE = { response_type: 'code' } as const;
export const EXCHANGE = { grant_type: 'authorization_code' } as const;
export const REFRESH = { grant_type: 'refresh_token' } as const;
export const BEARER: TokenPlace = { scheme: 'Bearer' };

export function client(key: string, settings: Record<string, string> = {}): Registration {
  return { clientId: `${key}-client-1`, clientSecret: `${key}-secret_a1B2c3`, ...settings };
}

export function scopes(...required: (string | RegExp)[]) {
  return { required, separator: ' ' };
}

/** RFC 6749's token answer. */
export function tokens({ accessToken, refreshToken, idToken, scope }: Issued, lifetime = 3600) {
  return {
    access_token: accessToken,
    token_type: 'Bearer',
    expires_in: lifetime,
    ...(refreshToken && { refresh_token: refreshToken }),
    scope,
    ...(idToken && { id_token: idToken }),
  };
}

/** OpenID Connect's standard claims. */
export function claims(person: Person) {
  return {
    sub: person.id,
    name: person.name,
    given_name: givenName(person),
    family_name: familyName(person),
    picture: `https://img.example/${person.id}.png`,
    locale: 'en-GB',
    email: person.email,
    email_verified: person.emailVerified,
  };
}

/** The provider says whether the address is proven. */
export function vouched({ id, email, emailVerified, name }: Person): Outcome {
  return { uid: id, email, emailVerified, name };
}

/** The provider says nothing of the address, so it counts as unproven. */
export function unvouched({ id, email, name }: Person): Outcome {
  return { uid: id, email, emailVerified: false, name };
}
