import { randomBytes } from 'node:crypto';
import { hotp } from 'speakeasy';
import { sameDigest, sha256 } from './secrets';

/** Seconds of a time step (RFC 6238 section 4.1). */
const STEP = 30;
/** Steps before and after the present one that are taken: clocks and fingers are slow (RFC 6238 section 5.2). */
const SKEW = 1;
/** Bytes: the length of the hash, as RFC 4226 section 4 (R6) recommends. */
const SECRET = 20;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** A new secret, base32 (RFC 4648 section 6): 32 characters. Made here, since the library's own are biased. */
export function totpSecret(): string {
  const bits = [...randomBytes(SECRET)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return bits.replace(/.{5}/g, (five) => ALPHABET[parseInt(five, 2)]);
}

/** The code of a counter (RFC 4226 section 5.3). @param secret base32 */
export function hotpCode(secret: string, counter: number, digits = 6): string {
  return hotp({ secret, encoding: 'base32', counter, digits });
}

/** The step in which a code is right, of the present one and its neighbours; the latest, if several. @returns null when it is right in none */
export function matchingStep(secret: string, code: string, now: Date): number | null {
  const present = Math.floor(now.getTime() / 1_000 / STEP);
  const steps = Array.from({ length: 2 * SKEW + 1 }, (_, index) => present + SKEW - index);
  // All are looked at, so that the time taken does not tell which one was close.
  const right = steps.filter((step) => sameDigest(sha256(hotpCode(secret, step)), sha256(code)));
  return right[0] ?? null;
}

/**
 * What an authenticator app reads from a QR code: the Key URI Format of Google Authenticator.
 * A colon parts issuer and label, so neither may hold one; a label there must be.
 */
export function otpauthUri(secret: string, issuer: string, label: string): string {
  const plain = (text: string) => text.replaceAll(':', ' ').trim();
  const parameters = new URLSearchParams({ secret, issuer: plain(issuer), algorithm: 'SHA1', digits: '6', period: String(STEP) });
  const path = [plain(issuer), plain(label) || 'account'].map(encodeURIComponent).join(':');
  return `otpauth://totp/${path}?${parameters.toString().replaceAll('+', '%20')}`;
}
