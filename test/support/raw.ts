import { PROJECT, type TestApp } from './app';
import type { Answer, SendHeaders } from './person';

export interface Raw {
  method?: string;
  headers?: SendHeaders;
  /** Text and bytes are sent as they are, an object as JSON. */
  body?: string | Uint8Array | object;
}

/** A request as it is written, without a client's manners: no cookies kept, no row consulted. */
export async function send(app: TestApp, path: string, { method = 'POST', headers = {}, body }: Raw = {}): Promise<Answer & { text: string }> {
  const ready = typeof body === 'string' || body instanceof Uint8Array || body === undefined;
  const response = await fetch(app.url + path, {
    method,
    headers: { 'X-Appwrite-Project': PROJECT, ...(ready ? {} : { 'Content-Type': 'application/json' }), ...headers },
    body: ready ? body : JSON.stringify(body),
    redirect: 'manual',
  });
  const text = await response.text();
  const json = text !== '' && response.headers.get('content-type')?.includes('application/json');
  const parsed = (json ? JSON.parse(text) : text) as Record<string, any>;
  return { status: response.status, type: response.status >= 400 ? String(parsed.type) : undefined, body: parsed, headers: response.headers, text };
}

/** A GraphQL document as it is written. */
export function ask(app: TestApp, query: string, { variables, headers, path = '/v1/graphql' }: { variables?: object; headers?: SendHeaders; path?: string } = {}): Promise<Answer> {
  return send(app, path, { headers, body: { query, variables } });
}

/** Puts the clock at the beginning of the next window, so that no window ends while a test counts in it. @param window seconds */
export function toNextWindow(app: TestApp, window = 3_600): void {
  const seconds = app.clock.now().getTime() / 1_000;
  app.clock.turn(window - (seconds % window) + 0.5);
}

/** The values of a Set-Cookie header by cookie name, attributes lower-cased. */
export function cookiesOf(headers: Headers): Record<string, { value: string; attributes: Record<string, string | true> }> {
  return Object.fromEntries(
    headers.getSetCookie().map((line) => {
      const [pair, ...rest] = line.split('; ');
      const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
      const attributes = rest.map((each) => (each.includes('=') ? [each.slice(0, each.indexOf('=')).toLowerCase(), each.slice(each.indexOf('=') + 1)] : [each.toLowerCase(), true]));
      return [name, { value, attributes: Object.fromEntries(attributes) as Record<string, string | true> }];
    }),
  );
}
