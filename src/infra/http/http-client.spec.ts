import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createSocket } from 'node:net';
import { call, type Outgoing } from './http-client';

const seen: IncomingMessage[] = [];
let server: Server;
let port: number;

function answer(request: IncomingMessage, response: ServerResponse): void {
  seen.push(request);
  switch (new URL(request.url!, 'http://x').pathname) {
    case '/echo':
      request.setEncoding('utf8');
      let body = '';
      request.on('data', (chunk: string) => (body += chunk)).on('end', () => response.writeHead(201, { 'content-type': 'Text/Plain' }).end(`${request.method} ${body}`));
      return;
    case '/large':
      return void response.end('a'.repeat(Number(new URL(request.url!, 'http://x').searchParams.get('bytes'))));
    case '/moved':
      return void response.writeHead(302, { location: '/echo' }).end('elsewhere');
    case '/drip': {
      response.writeHead(200);
      const drip = setInterval(() => response.write('a'), 20);
      return void response.on('close', () => clearInterval(drip));
    }
    case '/cut':
      response.writeHead(200, { 'content-length': '100' }).write('half');
      return void setTimeout(() => response.destroy(), 20);
    case '/hang':
      return;
    default:
      response.end('here');
  }
}

beforeAll(async () => {
  server = createServer(answer);
  // On all of the machine's addresses, so that nothing fails for want of a listener.
  await new Promise<void>((resolve) => server.listen(0, resolve));
  ({ port } = server.address() as AddressInfo);
});
beforeEach(() => {
  seen.length = 0;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const never = () => false;
const get = (path: string, more: Partial<Outgoing> = {}) => call({ method: 'GET', url: `http://127.0.0.1:${port}${path}`, ...more });

it('gives status, body and type', async () => {
  await expect(get('/echo')).resolves.toEqual({ status: 201, body: 'GET ', contentType: 'text/plain' });
});

it('sends a body with its length in bytes, and the headers given', async () => {
  const { body } = await get('/echo', { method: 'POST', body: 'zoë 🐎', headers: { 'X-Mine': 'yes' } });
  expect(body).toBe('POST zoë 🐎');
  expect(seen[0].headers).toMatchObject({ 'content-length': '9', 'x-mine': 'yes' });
});

describe('when private addresses are not allowed', () => {
  it.each([
    '127.0.0.1',
    '127.0.0.2',
    '127.1',
    '0x7f.1',
    '0x7f000001',
    '2130706433',
    '0177.0.0.1',
    '0.0.0.0',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[0:0:0:0:0:ffff:7f00:1]',
    '[64:ff9b::7f00:1]',
    '[fe80::1]',
    '[fc00::1]',
    '10.0.0.1',
    '172.16.0.1',
    '192.168.0.1',
    '100.64.0.1',
    '169.254.169.254',
    '[::ffff:169.254.169.254]',
    '224.0.0.1',
    '255.255.255.255',
    'localhost',
    'LOCALHOST',
  ])('%s is not called', async (host) => {
    const began = Date.now();
    await expect(call({ method: 'GET', url: `http://${host}:${port}/`, mayBePrivate: never, timeout: 5_000 })).rejects.toThrow('the address is private');
    expect(seen).toEqual([]);
    expect(Date.now() - began).toBeLessThan(4_000);
  });

  it('what is named is called, by the very host and port', async () => {
    const asked: string[] = [];
    const named = (host: string) => asked.push(host) > 0 && host === `localhost:${port}`;
    await expect(call({ method: 'GET', url: `http://localhost:${port}/`, mayBePrivate: named })).resolves.toMatchObject({ body: 'here' });
    await expect(call({ method: 'GET', url: `http://127.0.0.1:${port}/`, mayBePrivate: named })).rejects.toThrow('the address is private');
    expect(asked).toEqual([`localhost:${port}`, `127.0.0.1:${port}`]);
  });
});

it.each(['file:///etc/passwd', 'ftp://127.0.0.1/', 'data:text/plain,x', 'javascript:alert(1)', 'gopher://127.0.0.1/', 'unix:/var/run/docker.sock'])('speaks HTTP only: not %s', async (url) => {
  await expect(call({ method: 'GET', url })).rejects.toThrow(/protocol/i);
});

it('follows no redirect', async () => {
  await expect(get('/moved')).resolves.toMatchObject({ status: 302, body: 'elsewhere' });
  expect(seen).toHaveLength(1);
});

it('reads 256 KiB, and not a byte more', async () => {
  const most = 256 * 1_024;
  expect((await get(`/large?bytes=${most}`)).body).toHaveLength(most);
  await expect(get(`/large?bytes=${most + 1}`)).rejects.toThrow(`the answer is larger than ${most} bytes`);
  await expect(get(`/large?bytes=${20 * most}`)).rejects.toThrow('larger');
});

it.each(['/hang', '/drip'])('%s: waits as long as it was told, for the whole of it', async (path) => {
  const began = Date.now();
  await expect(get(path, { timeout: 300 })).rejects.toThrow('no answer within 300 ms');
  expect(Date.now() - began).toBeLessThan(3_000);
});

it('does not take half an answer for a whole one', async () => {
  await expect(get('/cut')).rejects.toThrow();
});

describe('an error', () => {
  const SECRET = 'code=a-very-secret-code';
  const told = async (url: string, more: Partial<Outgoing> = {}): Promise<string> => {
    const error = await call({ method: 'POST', url, body: SECRET, headers: { Authorization: `Bearer ${SECRET}` }, ...more }).then(
      () => new Error('it was answered'),
      (reason: Error) => reason,
    );
    expect(JSON.stringify([error.message, error.stack, error])).not.toContain(SECRET);
    return error.message;
  };

  it('of a refused connection says so, without URL or body', async () => {
    const socket = createSocket().listen(0, '127.0.0.1');
    await new Promise((resolve) => socket.once('listening', resolve));
    const { port: free } = socket.address() as AddressInfo;
    await new Promise((resolve) => socket.close(resolve));
    expect(await told(`http://127.0.0.1:${free}/?${SECRET}`)).toBe('ECONNREFUSED');
  });

  it('of an unknown name, of time run out, of a broken and of a private answer neither', async () => {
    expect(await told(`http://nobody.invalid/?${SECRET}`)).toMatch(/ENOTFOUND|EAI_AGAIN/);
    expect(await told(`http://127.0.0.1:${port}/hang?${SECRET}`, { timeout: 100 })).toBe('no answer within 100 ms');
    expect(await told(`http://127.0.0.1:${port}/cut?${SECRET}`)).toBe('aborted');
    expect(await told(`http://127.0.0.1:${port}/?${SECRET}`, { mayBePrivate: never })).toBe('the address is private');
  });
});
