/** Characters of a text that are shown: anybody can write a link to our pages. */
const LONGEST = 300;

/** Why a sign-in through a provider failed. */
export interface OAuthFailure {
  message?: string;
  type?: string;
  /** Names the attempt, for the operator. */
  trace?: string;
}

/** The failure as a redirect carries it: JSON in `error`, the attempt in `trace`. @returns undefined when there is none */
export function oauthFailureIn({ error, trace }: Record<string, unknown>): OAuthFailure | undefined {
  if (typeof error !== 'string') return undefined;
  const named = typeof trace === 'string' && /^[0-9a-f]{20}$/.test(trace) ? { trace } : {};
  try {
    const { message, type } = JSON.parse(error) as { message?: unknown; type?: unknown };
    return { message: shown(message), type: shown(type), ...named };
  } catch {
    return named;
  }
}

function shown(text: unknown): string | undefined {
  return typeof text === 'string' && text !== '' ? text.slice(0, LONGEST) : undefined;
}
