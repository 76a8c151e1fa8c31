import { connect } from 'node:net';
import { Dispatcher } from '../../src/infra/queue/dispatcher';
import { QUEUE } from '../../src/infra/queue/bullmq.dispatcher';
import { API_KEY, DEFAULT_PROJECTS, type Ground, prepare, PROJECT, startApp, startOn, type TestApp } from '../support/app';
import { complaintsOf, TestBrowser } from '../support/browser';
import { eventually } from '../support/eventually';
import { toNextWindow } from '../support/raw';
import { startRedis } from '../support/services';
import { Queue } from 'bullmq';
import Redis from 'ioredis';

const OTHER_KEY = 'lk_key_of_another_project';
const EXPIRED = 'lk_key_that_has_expired';
const [main] = DEFAULT_PROJECTS.projects;
const PROJECTS = {
  projects: [main, { id: 'other', keys: [{ name: 'other', secret: OTHER_KEY, scopes: [] }, { name: 'old', secret: EXPIRED, scopes: ['users.read'], expire: '2020-01-01T00:00:00Z' }] }],
};
/** Where content could stand in a job, were it there. */
const SECRET = 'content-that-nobody-may-see';

const basic = (key: string, name = '') => ({ authorization: `Basic ${Buffer.from(`${name}:${key}`).toString('base64')}` });

let addresses = 0;
/** Somebody who has not tried anything yet. */
const stranger = () => ({ 'x-forwarded-for': `10.99.${(addresses += 1) >> 8}.${addresses & 255}` });

let redis: Awaited<ReturnType<typeof startRedis>>;
let ground: Ground;
let app: TestApp;
beforeAll(async () => {
  redis = await startRedis();
  ground = await prepare('mysql', PROJECTS, { REDIS_URL: redis.url });
  // Nobody takes the jobs away.
  app = await startOn(ground, { apiOnly: true });
}, 60_000);
afterAll(async () => {
  await app?.stop();
  await redis?.stop();
  await ground?.release();
});

const get = (path: string, headers: Record<string, string> = {}) => fetch(app.url + path, { headers: { ...stranger(), ...headers }, redirect: 'manual' });

/** As written: fetch tidies paths up. */
function raw(target: string, headers: Record<string, string> = {}): Promise<{ status: number; text: string }> {
  const { hostname, port } = new URL(app.url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => {
      const lines = Object.entries({ host: hostname, connection: 'close', ...stranger(), ...headers }).map(([name, value]) => `${name}: ${value}`);
      socket.write(`GET ${target} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
    });
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    socket.on('error', reject).on('end', () => resolve({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1]), text }));
  });
}

describe('the queue dashboard', () => {
  it('asks for a key', async () => {
    const answer = await get('/admin/queues');
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe('Basic realm="Latchkey", charset="UTF-8"');
    expect(await answer.json()).toMatchObject({ type: 'user_unauthorized' });
  });

  it.each([
    ['of the first project', basic(API_KEY)],
    ['of any other', basic(OTHER_KEY, 'operator')],
  ])('opens to a key %s, in strict headers and with assets of its own', async (_, key) => {
    const answer = await get('/admin/queues', key);
    const text = await answer.text();
    expect(answer.status).toBe(200);
    const policy = answer.headers.get('content-security-policy')!;
    for (const directive of ["default-src 'none'", "script-src 'self'", "connect-src 'self'", "frame-ancestors 'none'", "form-action 'none'"]) expect(policy.split('; ')).toContain(directive);
    expect(Object.fromEntries(answer.headers)).toMatchObject({ 'referrer-policy': 'no-referrer', 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff' });
    expect(text).not.toMatch(/https?:\/\//);
    const assets = [...text.matchAll(/(?:src|href)="(static\/[^"]+)"/g)].map(([, path]) => path);
    expect(assets.length).toBeGreaterThan(3);
    for (const path of assets) {
      expect((await get(`/admin/queues/${path}`, key)).status).toBe(200);
      expect((await get(`/admin/queues/${path}`)).status).toBe(401);
    }
  });

  it.each([
    ['a wrong key', basic('lk_wrong')],
    ['a key as the name', { authorization: `Basic ${Buffer.from(`${API_KEY}:`).toString('base64')}` }],
    ['a key without a colon', { authorization: `Basic ${Buffer.from(API_KEY).toString('base64')}` }],
    ['the hash of a key', basic('sha256:0')],
    ['no base64', { authorization: 'Basic %%%' }],
    ['another scheme', { authorization: `Bearer ${API_KEY}` }],
    ['an expired key', basic(EXPIRED)],
    ['the key where the API takes it', { 'x-appwrite-key': API_KEY, 'x-appwrite-project': PROJECT }],
    ['nothing', {}],
  ])('stays shut to %s', async (_, headers: Record<string, string>) => {
    for (const path of ['/admin/queues', '/admin/queues/api/queues', '/admin/queues/nothing/there']) {
      const answer = await get(path, headers);
      expect({ path, status: answer.status }).toEqual({ path, status: 401 });
      expect(answer.headers.get('www-authenticate')).toContain('Basic');
      expect(await answer.text()).not.toContain(QUEUE);
    }
  });

  it.each([
    '//admin/queues', '/admin//queues', '/admin/queues/', '/admin/queues//', '/ADMIN/queues', '/admin/QUEUES', '/admin/queues/..;/', '/admin/queues;x=1', '/admin/queues/%2e%2e/queues', '/admin/queues/./api/queues',
    '/%61dmin/queues', '/admin%2fqueues', '/admin/queues%2fapi%2fqueues', '/admin/queues/api/queues', '//admin//queues//api//queues', '/admin/queues/api/queues/', '/admin/queues/api/queues?x', '/admin/queues/static/..%2f..%2fpackage.json',
    '/admin/queues/static/js', '/v1/../admin/queues', '/admin/queues%00', '/admin\\queues', '/admin/queues/api/redis/stats', `http://localhost/admin/queues/api/queues`,
  ])('cannot be walked around by %s', async (path) => {
    const { status, text } = await raw(path);
    expect([400, 401, 404]).toContain(status);
    for (const told of [QUEUE, '__UI_CONFIG__', 'redis_version', '"queues"']) expect(text).not.toContain(told);
    // With the key nothing but the dashboard is there, either.
    expect((await raw(path, basic(API_KEY))).text).not.toContain('"dependencies"');
  });

  it('limits guesses by the address they come from, and the right key must wait, too', async () => {
    toNextWindow(app);
    const thief = stranger();
    const burst = await Promise.all(Array.from({ length: 40 }, (_, nth) => get('/admin/queues', { ...basic(`guess ${nth}`), ...thief })));
    expect(burst.map(({ status }) => status).sort()).toEqual([...Array<number>(30).fill(401), ...Array<number>(10).fill(429)]);
    const refused = await get('/admin/queues', { ...basic(API_KEY), ...thief });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await get('/admin/queues', basic(API_KEY))).status).toBe(200);
    app.clock.turn(3_600);
    expect((await get('/admin/queues', { ...basic(API_KEY), ...thief })).status).toBe(200);
    app.clock.back();
  });

  it('gives tries back to the right key', async () => {
    toNextWindow(app);
    const operator = stranger();
    for (let nth = 0; nth < 20; nth += 1) await get('/admin/queues', { ...basic('typo'), ...operator });
    expect((await get('/admin/queues', { ...basic(API_KEY), ...operator })).status).toBe(200);
    for (let nth = 0; nth < 20; nth += 1) expect((await get('/admin/queues', { ...basic('typo'), ...operator })).status).toBe(401);
    app.clock.back();
  });

  it('shows jobs by their ids, and nothing that one might carry', async () => {
    app.nest.get(Dispatcher).dispatch([{ projectId: PROJECT, id: 'm1', attempt: 2, forgiven: 0, urgent: true, delay: 0 }]);
    const connection = new Redis(redis.url, { maxRetriesPerRequest: null });
    const queue = new Queue(QUEUE, { connection });
    const strange = await queue.add('message', { projectId: PROJECT, id: 'm2', attempt: 0, body: SECRET, to: SECRET, urgent: { nested: SECRET } }, { jobId: 'strange', delay: 60_000 });
    await connection.hset(`bull:${QUEUE}:strange`, { failedReason: SECRET, stacktrace: JSON.stringify([SECRET]), returnvalue: JSON.stringify({ SECRET }), progress: JSON.stringify({ SECRET }) });
    await strange.log(SECRET);
    try {
      const read = (path: string) => get(`/admin/queues/api/${path}`, basic(API_KEY));
      const page = await eventually('both jobs', async () => {
        const text = await (await read(`queues?activeQueue=${QUEUE}&status=latest&page=1&jobsPerPage=10`)).text();
        return text.includes('"m1"') && text.includes('"m2"') && text;
      });
      const [shown] = (JSON.parse(page) as { queues: Record<string, any>[] }).queues;
      expect(shown).toMatchObject({ name: QUEUE, readOnlyMode: true, allowRetries: false });
      expect(shown.jobs.find(({ data }: { data: { id: string } }) => data.id === 'm1').data).toEqual({ projectId: PROJECT, id: 'm1', attempt: 2, forgiven: 0, urgent: true, delay: 0 });
      const one = await read(`queues/${QUEUE}/strange`);
      expect(one.status).toBe(200);
      const others = await Promise.all(['redis/stats', 'job-schedulers', `queues/${QUEUE}/metrics`].map(read));
      expect(others.map(({ status }) => status)).toEqual([200, 200, 200]);
      const hidden = await Promise.all([`queues/${QUEUE}/strange/logs`, `queues/${QUEUE}/strange/flow`, `queues/${QUEUE}/workers`, `queues/${QUEUE}/job-data-schema`].map(read));
      expect(hidden.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
      for (const text of [page, ...(await Promise.all([one, ...others, ...hidden].map((each) => each.text())))]) {
        for (const told of [SECRET, new URL(redis.url).port + '"']) expect(text).not.toContain(told);
      }
    } finally {
      await queue.close();
      connection.disconnect();
    }
  });

  it.each([
    ['PUT', `/api/queues/${QUEUE}/pause`],
    ['PUT', `/api/queues/${QUEUE}/empty`],
    ['PUT', `/api/queues/${QUEUE}/obliterate`],
    ['PUT', `/api/queues/${QUEUE}/promote`],
    ['POST', `/api/queues/${QUEUE}/add`],
    ['PUT', `/api/queues/${QUEUE}/strange/retry`],
    ['PATCH', `/api/queues/${QUEUE}/strange/update-data`],
    ['DELETE', `/api/queues/${QUEUE}/strange`],
    ['GET', `/api/queues/${QUEUE}/pause`],
  ])('changes nothing: %s %s', async (method, path) => {
    const answer = await fetch(`${app.url}/admin/queues${path}`, { method, headers: { ...stranger(), ...basic(API_KEY) } });
    expect(answer.status).toBe(404);
  });

  it('works in a browser, under its own policy', async () => {
    const browser = await TestBrowser.open();
    try {
      const operator = await browser.person({ httpCredentials: { username: 'operator', password: API_KEY } });
      const page = await operator.newPage();
      const complaints = complaintsOf(page);
      await page.goto(`${app.url}/admin/queues`);
      await page.getByText(QUEUE).first().waitFor();
      await page.goto(`${app.url}/admin/queues/queue/${QUEUE}`);
      await page.getByText('strange').first().waitFor();
      expect(complaints).toEqual([]);
    } finally {
      await browser.close();
    }
  }, 60_000);

  it('says when Redis does not answer', async () => {
    await redis.kill();
    const answer = await get('/admin/queues/api/queues', basic(API_KEY));
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ type: 'general_overloaded', message: 'Redis does not answer.' });
    await redis.start();
    await eventually('the queue again', async () => (await get('/admin/queues/api/queues', basic(API_KEY))).status === 200);
  }, 60_000);
});

describe('without Redis', () => {
  it.each(['/admin/queues', '/admin/queues/api/queues'])('%s says that there is none', async (path) => {
    const embedded = await startApp('sqlite');
    try {
      const answer = await fetch(embedded.url + path);
      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({ type: 'general_route_not_found', message: expect.stringContaining('There is no queue dashboard without Redis') });
    } finally {
      await embedded.stop();
    }
  });
});
