import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sendJson, sendRefusal } from './answer';
import { type Arrival, arrivalOf, readBody } from './arrival';
import { Endpoints, type Stage } from './endpoints';
import type { Expectation, Registration } from './expectation';
import { expectations, type ProviderKey } from './expectations';
import { Grants } from './grants';
import { fail, isOutage, type Misbehaviour } from './misbehaviour';
import type { Person } from './person';
import { Refused } from './refused';

/** `user/<segment>` is a follow-up call; `idToken` is not a call but what a token answer carries. */
export type Step = 'authorize' | 'token' | 'refresh' | 'user' | `user/${string}` | 'jwks' | 'discovery' | 'idToken';

export interface Refusal {
  provider: string;
  step: string;
  reason: string;
}

/** Where the browser goes after the provider's page, and with what. */
export interface Callback {
  method: 'GET' | 'POST';
  /** With the query for a GET, without for a POST. */
  url: string;
  fields: Record<string, string>;
}

/**
 * Every provider, under `/<key>/…`, as strict as the real one: a request that the documentation does not
 * allow is refused in the provider's own words, and {@link refusals} tells why.
 */
export class FakeProvider implements Stage {
  readonly requests: Arrival[] = [];
  readonly refusals: Refusal[] = [];
  /** Calls to the server that no redirect may lead to. */
  readonly trapped: string[] = [];

  readonly people = new Map<string, Person>();
  readonly denials = new Map<string, string>();
  readonly misbehaviours = new Map<string, Misbehaviour>();

  private readonly endpoints: Endpoints;
  private readonly server = createServer((request, response) => void this.serve(request, response));
  private readonly trap = createServer((request, response) => {
    this.trapped.push(request.url ?? '');
    sendJson(response, 200, {});
  });

  private constructor(now: () => number) {
    this.endpoints = new Endpoints(this, new Grants(now));
  }

  static async start({ now = Date.now }: { now?: () => number } = {}): Promise<FakeProvider> {
    const fake = new FakeProvider(now);
    await Promise.all([listen(fake.server), listen(fake.trap)]);
    return fake;
  }

  async stop(): Promise<void> {
    await Promise.all([close(this.server), close(this.trap)]);
  }

  get url(): string {
    return urlOf(this.server);
  }

  /** What the projects file says of a provider, with every address turned to this server. */
  registration(key: ProviderKey): Registration {
    const { registration, user, idToken } = expectations[key];
    const base = `${this.url}/${key}`;
    if (key === 'oidc') return { ...registration, wellKnownEndpoint: `${base}/.well-known/openid-configuration` };
    return {
      ...registration,
      authorizeUrl: `${base}/authorize`,
      tokenUrl: `${base}/token`,
      ...(user.length > 0 && { userUrl: `${base}/user` }),
      ...(idToken && { jwksUrl: `${base}/jwks`, issuer: base }),
    };
  }

  /** Chooses who sits in front of the provider's page. */
  signsIn(key: ProviderKey, person: Person): void {
    this.people.set(key, person);
    this.denials.delete(key);
  }

  /** Whoever sits there says no, or the provider does. */
  denies(key: ProviderKey, error = 'access_denied'): void {
    this.denials.set(key, error);
  }

  /** Until {@link behaves}. `no-id` and `no-email` of `user` hold for all that the provider tells of a person. */
  misbehaves(key: ProviderKey, step: Step, kind: Misbehaviour): void {
    this.misbehaviours.set(`${key} ${step}`, kind);
  }

  behaves(): void {
    this.misbehaviours.clear();
  }

  /** Forgets what came in, not what is out. */
  forget(): void {
    for (const list of [this.requests, this.refusals, this.trapped]) list.length = 0;
  }

  /** Goes where the product sends the browser, says yes or no there, and tells how the browser comes back. */
  async consent(location: string): Promise<Callback> {
    const answer = await fetch(location, { redirect: 'manual' });
    const back = answer.headers.get('location');
    if (back) return { method: 'GET', url: back, fields: Object.fromEntries(new URL(back).searchParams) };
    const page = await answer.text();
    const plain = (text: string) => text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&amp;', '&');
    const action = /action="([^"]*)"/.exec(page)?.[1];
    if (!action) throw new Error(`no way back from ${location}: ${page}`);
    const fields = [...page.matchAll(/name="([^"]*)" value="([^"]*)"/g)].map(([, name, value]) => [plain(name), plain(value)]);
    return { method: 'POST', url: plain(action), fields: Object.fromEntries(fields) as Record<string, string> };
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request).catch(() => undefined);
    if (body === undefined) return; // the client went away
    const arrival = arrivalOf(request, body);
    this.requests.push(arrival);
    const expectation = (expectations as Partial<Record<string, Expectation>>)[arrival.provider];
    if (!expectation) {
      this.record(arrival, `there is no provider ${arrival.provider}`);
      return sendJson(response, 404, {});
    }
    const kind = this.endpoints.kindOf(arrival.provider, arrival.step);
    if (isOutage(kind)) return fail(kind, response, urlOf(this.trap));
    try {
      this.endpoints.answer(arrival, expectation, response);
    } catch (error) {
      const refused = error instanceof Refused ? error : new Refused(`the request broke this server: ${(error as Error).stack}`);
      this.record(arrival, refused.reason);
      sendRefusal(response, expectation, arrival.step, refused);
    }
  }

  private record({ provider, step }: Arrival, reason: string): void {
    this.refusals.push({ provider, step, reason });
  }
}

const urlOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

const listen = (server: Server): Promise<void> => new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

function close(server: Server): Promise<void> {
  // Whoever hangs is let go.
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
