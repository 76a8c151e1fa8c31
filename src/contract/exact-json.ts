/** Strings, so that digits inside them do not count, and numbers. */
const TOKENS = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
/** Only such text can hold a number that a double cannot. */
const SUSPECT = /[\d.]{16}|\d[eE]/;

/** Significant decimal digits that a double always gives back as they were (IEEE 754 binary64). */
const SAFE_DIGITS = 15;

/**
 * Parses JSON, refusing numbers that would come back as others: `12345678901234567890`, `1e400`. What a caller stores is
 * what he gets, or a refusal.
 *
 * @throws SyntaxError for text that is not JSON; RangeError, naming the number, for one that does not fit
 */
export function parseExactJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (!SUSPECT.test(text)) return value;
  for (const [token] of text.matchAll(TOKENS)) {
    if (token.startsWith('"') || fits(token)) continue;
    throw new RangeError(`The number ${token.slice(0, 40)} cannot be kept as it is. Send it as a string.`);
  }
  return value;
}

function fits(token: string): boolean {
  const number = Number(token);
  if (!Number.isFinite(number)) return false;
  const digits = token.replace(/[eE].*$/, '').replace(/[-.]/g, '').replace(/^0+|0+$/g, '');
  if (digits.length > SAFE_DIGITS) return normal(String(number)) === normal(token);
  // Too small to be anything but zero.
  return number !== 0 || digits === '';
}

/** A plain decimal without the zeros that say nothing. */
function normal(token: string): string {
  return token.includes('.') && !/[eE]/.test(token) ? token.replace(/\.?0+$/, '') : token;
}
