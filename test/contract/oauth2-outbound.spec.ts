import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ENDS, everyInstallation, project } from '../oauth/installation';

/** Which of a provider's endpoints its discovery document sets elsewhere; undefined leaves it out. */
type Elsewhere = Record<string, string | undefined>;

/** Endpoints that an operator did not name, on machines that only we can reach. `PORT` is where somebody listens. */
const PRIVATE = ['http://127.0.0.1:PORT', 'http://127.0.0.2:PORT', 'http://localhost:PORT', 'http://[::1]:PORT', 'http://[::ffff:127.0.0.1]:PORT', 'http://0.0.0.0:PORT', 'http://0x7f.1:PORT', 'http://2130706433:PORT', 'http://169.254.169.254/latest', 'http://10.0.0.1', 'http://192.168.1.1:8080'];
const CASES: Record<string, Elsewhere> = Object.fromEntries(
  PRIVATE.flatMap((url, nth) => ['token_endpoint', 'userinfo_endpoint', 'jwks_uri'].map((endpoint) => [`${endpoint.replace('_', '-')}.${nth}`, { [endpoint]: url }])),
);
const names = Object.keys(CASES);

/** A provider of OpenID Connect that says of itself what it likes, and a server that nobody is to call. */
class Hostile {
  readonly calls: string[] = [];
  readonly trapped: string[] = [];
  own: Record<string, Elsewhere> = {};

  private readonly server: Server = createServer((request, response) => {
    const [, name, ...rest] = request.url!.split('?')[0].split('/');
    this.calls.push(rest.join('/'));
    const json = (status: number, body: string) => void response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    let sent = '';
    request.on('data', (chunk: Buffer) => (sent += chunk.toString()));
    request.on('end', () => {
      if (rest[0] === '.well-known') return json(200, JSON.stringify(this.document(name)));
      if (rest[0] === 'token') {
        const { status, body } = this.token(sent, name);
        return json(status, body);
      }
      json(200, '{"sub":"1","keys":[]}');
    });
  });
  private readonly trap: Server = createServer((request, response) => {
    this.trapped.push(request.url!);
    response.end('{}');
  });

  async start(): Promise<void> {
    // The trap hears every address of the machine.
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    await new Promise<void>((resolve) => this.trap.listen(0, resolve));
  }

  async stop(): Promise<void> {
    for (const server of [this.server, this.trap]) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }

  registration(name: string): object {
    return { type: 'oidc', clientId: 'client', clientSecret: 'short-secret', wellKnownEndpoint: `${this.url}/${name}/.well-known/openid-configuration` };
  }

  private get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  private token(sent: string, name: string): { status: number; body: string } {
    const refusal = (echo: string) => ({ status: 400, body: JSON.stringify({ error: 'invalid_grant', error_description: `you sent ${echo}` }) });
    if (name === 'echo.whole') return refusal(sent);
    if (name === 'echo.values') return refusal([...new URLSearchParams(sent).values()].join(' '));
    // An ID token makes it look for the keys, before it calls for the person.
    return { status: 200, body: JSON.stringify({ access_token: 'an.access.token', ...(name.startsWith('jwks') && { id_token: 'a.b.c' }) }) };
  }

  private document(name: string): object {
    const base = `${this.url}/${name}`;
    const elsewhere = { ...CASES[name], ...this.own[name] };
    const trap = String((this.trap.address() as AddressInfo).port);
    const usual = { issuer: base, authorization_endpoint: `${base}/authorize`, token_endpoint: `${base}/token`, userinfo_endpoint: `${base}/user`, jwks_uri: `${base}/jwks` };
    return { ...usual, ...Object.fromEntries(Object.entries(elsewhere).map(([key, url]) => [key, url?.replace('PORT', trap)])) };
  }
}

describe('calls out', () => {
  const hostile = new Hostile();
  hostile.own = {
    'issuer.other': { issuer: 'https://accounts.google.com' },
    'start.missing': { authorization_endpoint: undefined },
    'start.script': { authorization_endpoint: 'javascript:alert(1)' },
    'token.file': { token_endpoint: 'file:///etc/passwd' },
    'token.none': { token_endpoint: undefined },
    'token.nonsense': { token_endpoint: 'http://' },
    'echo.whole': {},
    'echo.values': {},
  };
  const UNSOUND = Object.keys(hostile.own).filter((name) => !name.startsWith('echo'));
  beforeAll(() => hostile.start());
  afterAll(() => hostile.stop());

  everyInstallation(
    'of a provider',
    (fake) => [project(fake, [], { oauth: Object.fromEntries([...names, ...Object.keys(hostile.own)].map((name) => [name, hostile.registration(name)])) })],
    (the) => {
      beforeEach(() => {
        hostile.calls.length = 0;
        hostile.trapped.length = 0;
      });
      const start = async (name: string) => {
        const browser = the.browser();
        return { browser, location: new URL(await browser.start(name, ENDS)) };
      };
      const through = async (name: string) => {
        const { browser, location } = await start(name);
        const { error } = await the.comeBack(browser, name, { state: location.searchParams.get('state')!, code: 'code7' });
        return { type: error?.type, message: error?.message ?? '' };
      };

      it.each(names)('go to no private address that only the discovery document names: %s', async (name) => {
        const { type, message } = await through(name);
        expect([type, message]).toEqual(['user_oauth2_provider_error', `${name}: no answer: the address is private`]);
        expect(hostile.trapped).toEqual([]);
        if (name.startsWith('token')) expect(hostile.calls).not.toContain('token');
      });

      it.each(UNSOUND)('begin with a discovery document that is sound, or not at all: %s', async (name) => {
        const { location, browser } = await start(name);
        expect([location.origin + location.pathname, (JSON.parse(location.searchParams.get('error')!) as { type: string }).type]).toEqual([ENDS.failure, 'user_oauth2_provider_error']);
        expect(browser.cookies.size).toBe(0);
      });

      it.each(['echo.whole', 'echo.values'])('whose refusal repeats what was sent tell the app none of it, however short it is: %s', async (name) => {
        const { type, message } = await through(name);
        expect([type, message]).toEqual(['user_oauth2_bad_request', expect.stringContaining(`${name}: answered 400: invalid_grant: you sent `)]);
        for (const text of [message, JSON.stringify(await the.rows('oauth_attempts', 'provider = ?', name))]) expect(text).not.toMatch(/code7|short-secret/);
      });
    },
  );
});
