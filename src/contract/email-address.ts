import { domainToUnicode } from 'node:url';
import isEmail from 'validator/lib/isEmail';

/** RFC 5321 §4.5.3.1.3 allows a path of 256 octets with its brackets. */
const MAX_LENGTH = 254;

/**
 * The one spelling of an address that is stored, looked up, counted and written to: NFC, lower case.
 * Addresses with characters that only look like others (full-width letters and the like, which NFKC would fold), that
 * are not seen at all, or that IDNA reads as a dot (U+3002) are refused rather than folded: folding is how a reset mail
 * reaches a stranger (CVE-2024-27295, CVE-2026-73420).
 *
 * @returns null when the text is not exactly one plain address
 */
export function canonicalEmail(text: string): string | null {
  if (text.length > MAX_LENGTH) return null;
  const address = text.normalize('NFC').toLowerCase().normalize('NFC');
  if (address !== address.normalize('NFKC') || /[\p{C}\p{Z}"(),:;<>\\[\]\u3002]/u.test(address)) return null;
  // One mailbox has one spelling, whether its domain came in letters or in punycode (UTS #46).
  const at = address.lastIndexOf('@');
  const domain = domainToUnicode(address.slice(at + 1));
  if (at < 0 || domain === '') return null;
  const spelled = `${address.slice(0, at)}@${domain}`;
  const valid = isEmail(spelled, { allow_ip_domain: false, require_tld: false, ignore_max_length: false });
  return valid ? spelled : null;
}
