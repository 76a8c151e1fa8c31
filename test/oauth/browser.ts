import { PROJECT } from '../support/app';
import type { FakeProvider } from './fake-provider';

export interface Arrived {
  status: number;
  /** Where the browser ended: the success or the failure URL, not loaded. */
  url: URL;
  /** What `error` at the failure URL says. */
  error?: { message: string; type: string; code: number };
}

let machines = 0;

/** A browser on its way through a provider: it keeps cookies, follows redirects, and does what a person there would do. */
export class Browser {
  readonly cookies = new Map<string, string>();
  /** Each from an address of its own, so that no limit of one touches another. */
  private readonly address = `198.51.${Math.floor(++machines / 250) % 250}.${(machines % 250) + 1}`;

  constructor(
    private readonly service: string,
    private readonly fake: FakeProvider,
    private readonly project = PROJECT,
  ) {}

  /** Start, consent, callback. */
  async signIn(provider: string, { flow = 'sessions', ...query }: { flow?: 'sessions' | 'tokens'; success?: string; failure?: string; 'scopes[]'?: string } = {}): Promise<Arrived> {
    return this.comeBack(await this.start(provider, { flow, ...query }));
  }

  /** @returns where the provider would be asked */
  async start(provider: string, { flow = 'sessions', ...query }: Record<string, string> = {}): Promise<string> {
    const url = new URL(`${this.service}/v1/account/${flow}/oauth2/${provider}`);
    for (const [key, value] of Object.entries({ project: this.project, ...query })) url.searchParams.set(key, value);
    const { status, headers, text } = await this.get(url.href);
    const location = headers.get('location');
    if (status !== 301 || !location) throw new Error(`the start answered ${status}: ${text}`);
    return location;
  }

  /** Through the provider, and through our callback. */
  async comeBack(location: string): Promise<Arrived> {
    if (location.startsWith(this.service) || !location.startsWith(this.fake.url)) return this.arrive(location);
    const { method, url, fields } = await this.fake.consent(location);
    const body = method === 'POST' ? new URLSearchParams(fields) : undefined;
    const answer = await this.request(url, { method, body });
    return this.arrive(answer.headers.get('location') ?? '', answer.status);
  }

  async get(url: string, headers: Record<string, string> = {}): Promise<{ status: number; headers: Headers; text: string }> {
    return this.request(url, { headers });
  }

  private async arrive(location: string, status = 301): Promise<Arrived> {
    if (!location) throw new Error(`no redirect: ${status}`);
    const url = new URL(location);
    const ours = url.pathname.startsWith('/v1/');
    if (ours) {
      const answer = await this.get(location);
      const next = answer.headers.get('location');
      if (!next) throw new Error(`${url.pathname} answered ${answer.status}: ${answer.text}`);
      return this.arrive(next, answer.status);
    }
    const error = url.searchParams.get('error');
    return { status, url, ...(error && { error: JSON.parse(error) as Arrived['error'] }) };
  }

  private async request(url: string, { method = 'GET', body, headers = {} }: { method?: string; body?: URLSearchParams; headers?: Record<string, string> }): Promise<{ status: number; headers: Headers; text: string }> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { method, body, redirect: 'manual', headers: { 'X-Forwarded-For': this.address, ...(cookie && { cookie }), ...headers } });
    for (const line of response.headers.getSetCookie()) {
      const [pair] = line.split(';');
      const at = pair.indexOf('=');
      const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
      // In the attributes alone: a secret may have these digits too.
      if (/;\s*(max-age=0(;|$)|expires=[^;]*1970)/i.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return { status: response.status, headers: response.headers, text: await response.text() };
  }
}
