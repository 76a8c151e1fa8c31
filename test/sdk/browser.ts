import { CookieJar } from 'tough-cookie';

/** What a page may send to another origin without asking first (Fetch standard, CORS-safelisted). */
const SAFE_HEADERS = new Set(['accept', 'accept-language', 'content-language']);

interface Page {
  origin: string;
  /** False: as browsers that withhold third-party cookies. */
  cookies?: boolean;
}

/** Just enough of a browser for the web SDKs: cookies, localStorage, Origin, and CORS, which it enforces as a browser does. */
export class Browser {
  readonly jar = new CookieJar();
  readonly storage = new Map<string, string>();
  private readonly fetch = globalThis.fetch;
  private readonly origin: string;
  private readonly cookies: boolean;
  /** What the page sets when it goes elsewhere. */
  private readonly shown: URL;

  constructor({ origin, cookies = true }: Page) {
    this.origin = origin;
    this.shown = new URL(origin);
    this.cookies = cookies;
  }

  open(): this {
    // Only the API is called by the page; the mailbox is read by the test itself.
    globalThis.fetch = (input, init = {}) => {
      const url = String(input);
      return new URL(url).pathname.startsWith('/v1/') ? this.request(url, init) : this.fetch(url, init);
    };
    const localStorage = {
      getItem: (key: string) => this.storage.get(key) ?? null,
      setItem: (key: string, value: string) => void this.storage.set(key, value),
    };
    Object.assign(globalThis, { window: { localStorage, location: this.shown, console: { ...console, warn: () => undefined } } });
    return this;
  }

  close(): void {
    globalThis.fetch = this.fetch;
    Reflect.deleteProperty(globalThis, 'window');
  }

  /** Where the page has gone; it is not loaded. */
  get location(): string {
    return this.shown.href;
  }

  /** Opens an address as a page of its own: with the cookies, and without an Origin. @returns where it leads */
  async navigate(url: string): Promise<string> {
    const { status, headers } = await this.fetch(url, { redirect: 'manual', headers: { Cookie: await this.jar.getCookieString(url) } });
    for (const line of headers.getSetCookie()) await this.jar.setCookie(line, url);
    const location = headers.get('location');
    if (!location) throw new Error(`${url} answered ${status} and leads nowhere`);
    return location;
  }

  private async request(url: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    const credentials = init.credentials === 'include';
    if (new URL(url).origin !== this.origin) await this.preflight(url, init.method ?? 'GET', headers, credentials);
    headers.set('Origin', this.origin);
    if (credentials && this.cookies) headers.set('Cookie', await this.jar.getCookieString(url));

    const response = await this.fetch(url, { ...init, headers });
    this.allowed(response, credentials);
    if (credentials && this.cookies) for (const line of response.headers.getSetCookie()) await this.jar.setCookie(line, url);
    return response;
  }

  private async preflight(url: string, method: string, headers: Headers, credentials: boolean): Promise<void> {
    const asked = [...headers.keys()].filter((name) => !SAFE_HEADERS.has(name));
    const response = await this.fetch(url, {
      method: 'OPTIONS',
      headers: { Origin: this.origin, 'Access-Control-Request-Method': method.toUpperCase(), 'Access-Control-Request-Headers': asked.join(',') },
    });
    this.allowed(response, credentials);
    const list = (name: string) => (response.headers.get(name) ?? '').toLowerCase().split(/,\s*/);
    const refused = asked.filter((name) => !list('access-control-allow-headers').includes(name));
    if (refused.length) throw new TypeError(`CORS: request header ${refused.join(', ')} is not allowed`);
    if (!list('access-control-allow-methods').includes(method.toLowerCase())) throw new TypeError(`CORS: ${method} is not allowed`);
  }

  private allowed({ headers }: Response, credentials: boolean): void {
    const origin = headers.get('access-control-allow-origin');
    if (origin !== this.origin && (credentials || origin !== '*')) throw new TypeError(`CORS: ${this.origin} is not allowed, ${origin} is`);
    if (credentials && headers.get('access-control-allow-credentials') !== 'true') throw new TypeError('CORS: credentials are not allowed');
  }
}
