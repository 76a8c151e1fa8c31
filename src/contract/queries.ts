import { fail } from './errors';

/** One element of a `queries` parameter, whichever form it was written in. */
export interface Query {
  method: string;
  attribute?: string;
  values: unknown[];
}

/** Queries a call may carry, and characters each may have. */
export const MAX_QUERIES = 100;
export const MAX_QUERY_LENGTH = 4_096;
const MAX_VALUES = 100;

/**
 * Reads `queries`: JSON objects as SDKs since 1.5 send them, or the older `limit(25)`, `equal("provider", ["google"])`.
 *
 * @throws Failure `general_argument_invalid` when one is neither
 */
export function parseQueries(texts: readonly string[]): Query[] {
  return texts.map((text) => {
    const query = text.trimStart().startsWith('{') ? parseJson(text) : parseCall(text);
    if (!query || query.values.length > MAX_VALUES) throw invalid(text);
    return query;
  });
}

export function invalid(text: string, reason = ''): Error {
  return fail('general_argument_invalid', `Invalid queries param: Invalid query: ${text.slice(0, 80)}${reason && `: ${reason}`}`);
}

function parseJson(text: string): Query | null {
  try {
    const { method, attribute, values } = JSON.parse(text) as Record<string, unknown>;
    if (typeof method !== 'string' || (attribute !== undefined && typeof attribute !== 'string')) return null;
    return { method, attribute, values: Array.isArray(values) ? values : values === undefined ? [] : [values] };
  } catch {
    return null;
  }
}

/** `method(arg, …)`, its arguments as JSON; with two or more the first is the attribute. */
function parseCall(text: string): Query | null {
  const [, method, inside] = /^(\w+)\((.*)\)$/s.exec(text.trim()) ?? [];
  if (!method) return null;
  try {
    const args = JSON.parse(`[${inside}]`) as unknown[];
    const named = typeof args[0] === 'string' && (args.length > 1 || /^(order|isN|isNotN)/.test(method));
    const values = named ? args.slice(1) : args;
    return { method, attribute: named ? (args[0] as string) : undefined, values: values.flat() };
  } catch {
    return null;
  }
}

/** A `limit` or `offset`. @throws Failure `general_argument_invalid` */
export function countOf({ method, values }: Query, least: number): number {
  const [value] = values;
  // Not whatever JavaScript takes for a number: it makes 0 of an empty text and 1 of true.
  const number = typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value)) ? Number(value) : NaN;
  if (values.length !== 1 || !Number.isSafeInteger(number) || number < least) throw invalid(method, `takes one whole number from ${least}`);
  return number;
}
