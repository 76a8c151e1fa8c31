import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** Enough to recognise an address that one knows, too little to learn one: `a…@example.com`, `+49…67`. */
export function masked(address: string): string {
  const at = address.lastIndexOf('@');
  if (at >= 0) return `${[...address.slice(0, at)][0] ?? ''}…${address.slice(at)}`;
  const code = parsePhoneNumberFromString(address)?.countryCallingCode;
  return `${code ? `+${code}` : address.slice(0, 2)}…${address.slice(-2)}`;
}
