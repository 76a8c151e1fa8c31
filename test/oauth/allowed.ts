import { allows, OneOf } from './expectation';
import type { Gift } from './gifts';

/** Matches whatever an expectation leaves open, within `toEqual`. */
export function allowed<T>(expected: T | OneOf<T>): unknown {
  return matcher((actual) => allows(expected, actual as T), expected instanceof OneOf ? `one of ${JSON.stringify(expected.values)}` : JSON.stringify(expected));
}

/** The three fields that show what a provider gave, as sessions and identities have them. */
export function shown({ accessToken, refreshToken, expiresAt }: Gift): Record<string, unknown> {
  return { providerAccessToken: accessToken, providerRefreshToken: refreshToken, providerAccessTokenExpiry: expiresAt === null ? '' : around(expiresAt) };
}

/** A datetime within the seconds that a request may take. */
function around(time: number): unknown {
  return matcher((actual) => Math.abs(Date.parse(String(actual)) - time) < 10_000, `around ${new Date(time).toISOString()}`);
}

/** Jest knows a matcher of this kind by its symbol. */
function matcher(matches: (actual: unknown) => boolean, told: string): unknown {
  return { $$typeof: Symbol.for('jest.asymmetricMatcher'), asymmetricMatch: matches, toString: () => told, toAsymmetricMatcher: () => told };
}
