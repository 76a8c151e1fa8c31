import type { Failure } from '../../contract/errors';
import { API_PREFIX } from '../../contract/operation';

/** Our own pages, where an app names none. */
export const OAUTH_PAGES = { success: '/auth/oauth2/success', failure: '/auth/oauth2/failure' };

/** The redirect URI that an operator registers at the provider. Built from PUBLIC_URL alone. */
export function callbackOf(publicUrl: string, provider: string, projectId: string): string {
  return `${publicUrl}${API_PREFIX}/account/sessions/oauth2/callback/${encodeURIComponent(provider)}/${encodeURIComponent(projectId)}`;
}

/** The app's own query and fragment stay. */
export function successUrl(success: string, added: Readonly<Record<string, string>>): string {
  const url = new URL(success);
  for (const [key, value] of Object.entries(added)) url.searchParams.set(key, value);
  return url.href;
}

/** @param trace names the attempt, for an operator */
export function failureUrl(failure: string, { message, type, status }: Failure, trace?: string): string {
  const url = new URL(failure);
  url.searchParams.set('error', JSON.stringify({ message, type, code: status }));
  if (trace) url.searchParams.set('trace', trace);
  return url.href;
}
