import type { Answer, Profile } from './provider';

/** What stands at the end of a path of keys; undefined where there is none. Only own keys count: answers are a stranger's. */
export function at(answer: Answer, ...path: (string | number)[]): Answer {
  return path.reduce<Answer>((value, key) => (typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Record<string, Answer>)[key] : undefined), answer);
}

/** A text; whole numbers too, since ids come as either. Anything else is empty. */
export function text(answer: Answer, ...path: (string | number)[]): string {
  const value = at(answer, ...path);
  if (typeof value === 'string') return value;
  return typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : '';
}

/** True and nothing else; some providers write it as text, or as 1. */
export function flag(answer: Answer, ...path: (string | number)[]): boolean {
  const value = at(answer, ...path);
  return value === true || value === 'true' || value === 1;
}

/** A list; anything else is an empty one. */
export function list(answer: Answer, ...path: (string | number)[]): Answer[] {
  const value = at(answer, ...path);
  return Array.isArray(value) ? value : [];
}

/** The standard claims (OpenID Connect Core 1.0, section 5.1), from the ID token or the userinfo endpoint. */
export function standardClaims(answer: Answer): Profile {
  const full = text(answer, 'name') || [text(answer, 'given_name'), text(answer, 'family_name')].filter(Boolean).join(' ');
  return { uid: text(answer, 'sub'), email: text(answer, 'email'), emailVerified: flag(answer, 'email_verified'), name: full };
}
