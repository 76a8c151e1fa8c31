import type { IncomingMessage } from 'node:http';
import { Refused } from './refused';

/** A request as it came in. */
export interface Arrival {
  provider: string;
  /** `authorize`, `token`, `user`, `user/<segment>`, `jwks`, `discovery`. */
  step: string;
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: string;
}

/** A refresh is told from an exchange by its body, or by an address of its own. */
export function arrivalOf({ url = '/', method = '', headers }: IncomingMessage, body: string): Arrival {
  const { pathname, searchParams } = new URL(url, 'http://fake');
  const [, provider, ...rest] = pathname.replace(/\/$/, '').split('/');
  const path = rest.join('/');
  const fields = `${body}&${searchParams.toString()}`;
  const refreshes = /^(token\/)?refresh$/.test(path) || (path === 'token' && /(^|[&"{?])refresh_token"?\s*[=:]/.test(fields));
  const step = path === '.well-known/openid-configuration' ? 'discovery' : refreshes ? 'refresh' : path;
  return { provider, step, method, path: pathname, query: searchParams, headers, body };
}

export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** The parameters of a token request, from where the provider reads them. */
export function parameters({ method, query, headers, body }: Arrival, kind: 'form' | 'json'): URLSearchParams {
  if (method === 'GET') return query;
  const sensitive = ['client_secret', 'code', 'refresh_token', 'code_verifier'].find((name) => query.has(name));
  if (sensitive) throw new Refused(`parameter ${sensitive} stands in the URL, where every log keeps it`);
  const type = (headers['content-type'] ?? '').split(';')[0].trim().toLowerCase();
  const expected = kind === 'json' ? 'application/json' : 'application/x-www-form-urlencoded';
  if (type !== expected) throw new Refused(`content type is "${type}", expected ${expected}`);
  const found = kind === 'json' ? fromJson(body) : new URLSearchParams(body);
  const twice = [...new Set(found.keys())].find((name) => found.getAll(name).length > 1);
  if (twice) throw new Refused(`parameter ${twice} comes twice`);
  return found;
}

function fromJson(body: string): URLSearchParams {
  try {
    return new URLSearchParams(Object.entries(JSON.parse(body) as Record<string, string>));
  } catch {
    throw new Refused('the body is not JSON');
  }
}

/** `Authorization` as scheme and value. */
export function authorization({ headers }: Pick<Arrival, 'headers'>): { scheme: string; value: string } | undefined {
  const [, scheme, value] = /^(\S+) +(\S+)$/.exec(headers.authorization ?? '') ?? [];
  return scheme ? { scheme: scheme.toLowerCase(), value } : undefined;
}
