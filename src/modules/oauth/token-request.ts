import type { Outgoing } from '../../infra/http/http-client';
import { fill, fillAll } from './fill';
import type { TokenCall } from './provider';

/**
 * The request for tokens (RFC 6749 sections 4.1.3 and 6), in the provider's own way.
 *
 * @param values the registration's, with the client's secret
 * @param parameters of the grant
 */
export function tokenRequest(call: TokenCall, values: Readonly<Record<string, string>>, parameters: Readonly<Record<string, string>>): Outgoing {
  const { method = 'POST', send = 'form', credentials = 'params', omit = [] } = call;
  const { clientId, clientSecret } = values;
  const shown: Record<string, string> = credentials === 'basic' ? {} : { client_id: clientId, ...(credentials === 'params' && { client_secret: clientSecret }) };
  const all = { ...parameters, ...shown, ...fillAll(call.params, values) };
  const sent = Object.fromEntries(Object.entries(all).filter(([key]) => !omit.includes(key as never)));

  const headers: Record<string, string> = fillAll(call.headers, values);
  // Encoded first (RFC 6749 section 2.3.1): a colon or a plus sign would otherwise read as another secret.
  if (credentials === 'basic') headers.Authorization = `Basic ${Buffer.from([clientId, clientSecret].map(encodeURIComponent).join(':')).toString('base64')}`;
  const url = new URL(values.tokenUrl || fill(call.url, values));
  if (send === 'query') {
    for (const [key, value] of Object.entries(sent)) url.searchParams.set(key, value);
    return { method, url: url.href, headers };
  }
  if (send === 'json') return { method, url: url.href, headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(sent) };
  return { method, url: url.href, headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers }, body: new URLSearchParams(sent).toString() };
}
