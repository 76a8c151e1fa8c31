import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountOperations as account } from '../../src/modules/account';
import { DEFAULT_PROJECTS, type Ground, prepare } from '../support/app';
import { eventually } from '../support/eventually';
import { type Launched, Processes, readiness, ready } from '../support/processes';
import { freePort } from '../support/services/port';
import { select } from '../support/select';
import { at, visitor } from '../support/visitor';

const processes = new Processes();
afterAll(() => processes.end());

describe('npm start in an empty directory', () => {
  const home = mkdtempSync(join(tmpdir(), 'latchkey-start-'));
  let port: string;

  beforeAll(async () => {
    port = String(await freePort());
  });

  afterAll(() => rmSync(home, { recursive: true, force: true }));

  function start(env: Record<string, string> = {}): Promise<Launched> {
    return ready(processes.launch(['dist/main.js'], { PORT: port, ...env }, `http://127.0.0.1:${port}`, home));
  }

  /** The banner's lines by their names. */
  async function banner(server: Launched): Promise<Record<string, string>> {
    await eventually('the banner', () => server.stdout.includes('mailbox'));
    return Object.fromEntries([...server.stdout.matchAll(/^ {2}(API|listening on|project|API key|mailbox) {2,}(\S+)/gm)].map(([, name, value]) => [name, value]));
  }

  it('tells what a newcomer needs, once, and keeps accounts and secrets', async () => {
    const first = await start();
    const told = await banner(first);
    const origin = `http://localhost:${port}`;
    expect(told).toEqual({ API: `${origin}/v1`, 'listening on': `http://127.0.0.1:${port}`, project: 'default', 'API key': expect.stringMatching(/^lk_[0-9a-f]{48}$/), mailbox: `${origin}/dev/mailbox` });

    expect(await (await fetch(`${first.url}/v1/health`)).json()).toMatchObject({ status: 'pass' });
    expect((await fetch(told.mailbox)).status).toBe(200);
    const ada = await (await visitor(first).signUp()).signIn();
    const withKey = Object.assign(visitor(first), { email: 'grace@example.com' });
    await withKey.must(account.create, { userId: 'unique()', email: withKey.email, password: withKey.password }, { 'X-Appwrite-Key': told['API key'] });

    expect(readFileSync(join(home, 'data/api-key'), 'utf8').trim()).toBe(told['API key']);
    for (const name of ['api-key', 'app-secret']) expect(statSync(join(home, 'data', name)).mode & 0o777).toBe(0o600);
    expect(first.output).not.toContain(readFileSync(join(home, 'data/app-secret'), 'utf8').trim());
    expect(await first.stop()).toEqual({ code: 0, signal: null });

    const second = await start();
    const { 'API key': again, ...rest } = await banner(second);
    expect(again).toBeUndefined();
    expect(rest).toMatchObject({ project: 'default' });
    expect(second.output).not.toContain(told['API key']);
    expect((await at(second, ada).must(account.get)).body.$id).toBe(ada.userId);
    await at(second, ada).must(account.createJWT);
    expect(await second.stop('SIGINT')).toEqual({ code: 0, signal: null });
  }, 60_000);

  it('shows nothing under /dev in production, and says what is seldom meant', async () => {
    const server = await start({ NODE_ENV: 'production', APP_SECRET_FILE: join(home, 'data/app-secret') });
    expect((await fetch(`${server.url}/dev/mailbox`)).status).toBe(404);
    expect((await fetch(`${server.url}/dev/mailbox/messages`)).status).toBe(404);
    expect(server.stdout).not.toContain('mailbox');
    expect(server.logs('settings.unusual').map(({ where }) => where)).toEqual(['PUBLIC_URL', 'PROJECTS_FILE', 'SMTP_URL']);
    await server.stop();
  }, 60_000);
});

describe('processes on an empty MySQL database', () => {
  let ground: Ground;

  beforeAll(async () => {
    ground = await prepare('mysql', DEFAULT_PROJECTS, { LOG_LEVEL: 'info' });
  });

  afterAll(() => ground?.release());

  it('leave the schema alone and are not ready with MIGRATE_ON_START=false', async () => {
    const env = { ...ground.env, MIGRATE_ON_START: 'false' };
    const api = await processes.launchListening(['dist/main.js', '--api-only'], env);
    await api.until('the API answers', async () => (await readiness(api)) !== null);
    const response = await fetch(`${api.url}/v1/health/ready`);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ status: 'fail', checks: { database: 'pass', migrations: 'fail', queue: 'pass' } });
    expect((await fetch(`${api.url}/v1/health/live`)).status).toBe(200);
    expect(await select(ground, "SHOW TABLES LIKE 'users'")).toEqual([]);
    expect(await api.stop()).toEqual({ code: 0, signal: null });
  }, 60_000);

  it('come up together, one of them migrating', async () => {
    const started = await Promise.all([processes.api(ground.env), processes.api(ground.env), processes.worker(ground.env)]);
    expect(started.flatMap((each) => each.logs('migrations.ran'))).toHaveLength(1);
    const ada = await visitor(started[0]).signUp();
    await at(started[1], ada).signIn();
    expect(await Promise.all(started.map((each) => each.stop()))).toEqual(Array(3).fill({ code: 0, signal: null }));
  }, 60_000);

  it('take secrets from files', async () => {
    const { APP_SECRET, DATABASE_URL, ...env } = ground.env;
    const inFile = (name: string, content: string) => {
      const path = join(env.DATA_DIR, name);
      writeFileSync(path, `${content}\n`);
      return path;
    };
    const api = await processes.api({ ...env, APP_SECRET_FILE: inFile('secret', APP_SECRET), DATABASE_URL_FILE: inFile('database', DATABASE_URL) });
    await visitor(api).signUp();
    await api.stop();
  }, 60_000);
});
