import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** E.164: a plus, the country code, at most fifteen digits in all. */
export const E164 = /^\+[1-9]\d{6,14}$/;

/** @returns the number in E.164, or null when the text is not one that a network could route */
export function canonicalPhone(text: string): string | null {
  if (!E164.test(text)) return null;
  return parsePhoneNumberFromString(text)?.number ?? null;
}
