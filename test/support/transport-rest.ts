import { API_PREFIX, type Operation, restRoute } from '../../src/contract/operation';
import type { Answer, Input, Person, SendHeaders } from './person';

/** One operation over REST: path parameters into the path, the rest into the body or, with GET, the query. */
export function rest(person: Person, operation: Operation, input: Input, headers: SendHeaders): Promise<Answer> {
  const { method, path } = restRoute(operation);
  const remaining = { ...input };
  const filled = path.replace(/\{(\w+)\}/g, (_, key: string) => {
    const value = String(remaining[key]);
    delete remaining[key];
    return encodeURIComponent(value);
  });
  return request(`${person.app.url}${API_PREFIX}${filled}`, method, remaining, headers);
}

export async function request(url: string, method: string, input: Input, headers: SendHeaders): Promise<Answer> {
  const target = new URL(url);
  if (method === 'GET') for (const [key, value] of Object.entries(input)) append(target, key, value);
  const response = await fetch(target, {
    method,
    headers: { 'Content-Type': 'application/json', ...headers },
    body: method === 'GET' ? undefined : JSON.stringify(input),
    redirect: 'manual',
  });
  const text = await response.text();
  const json = response.headers.get('content-type')?.includes('application/json');
  const body = (json && text ? JSON.parse(text) : text) as Record<string, any>;
  return { status: response.status, type: response.status >= 400 ? String(body.type) : undefined, body, headers: response.headers };
}

/** A list as the SDKs write it. */
function append({ searchParams }: URL, key: string, value: unknown): void {
  if (Array.isArray(value)) value.forEach((each, index) => searchParams.append(`${key}[${index}]`, String(each)));
  else searchParams.append(key, String(value));
}
