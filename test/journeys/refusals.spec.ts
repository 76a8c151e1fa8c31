import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Processes } from '../support/processes';

/** Stands in every secret of these tests; no output may hold it. */
const HUSH = 'hush';
const SOUND = `${HUSH}-4f6b0c2d9a7e1835-4f6b0c2d9a7e1835`;

const API = ['dist/main.js', '--api-only'];
const WORKER = ['dist/worker.js'];
const BOTH = ['dist/main.js'];

describe('a process that may not start', () => {
  const processes = new Processes();
  const directory = mkdtempSync(join(tmpdir(), 'latchkey-refusals-'));

  afterAll(async () => {
    await processes.end();
    rmSync(directory, { recursive: true, force: true });
  });

  function file(name: string, content: string): string {
    writeFileSync(join(directory, name), content);
    return join(directory, name);
  }

  /** Starts what must refuse, and gives what it complains of, a line a fault. */
  async function faults(args: string[], env: Record<string, string>): Promise<Record<string, string>> {
    const started = processes.launch(args, { DATA_DIR: join(directory, 'data'), ...env });
    expect(await started.ended).toEqual({ code: 1, signal: null });
    expect(started.output).not.toContain(HUSH);
    expect(started.output).not.toMatch(/^\s+at /m);
    const [head, ...lines] = started.stderr.trim().split('\n');
    expect(head).toBe('Latchkey does not start. Correct these settings:');
    const told = lines.map((line) => /^ {2}- ([^:]+): (.+)$/.exec(line)!.slice(1) as [string, string]);
    expect(new Set(told.map(([where]) => where)).size).toBe(told.length);
    return Object.fromEntries(told);
  }

  it('names what a worker lacks', async () => {
    expect(await faults(WORKER, {})).toEqual({ REDIS_URL: expect.stringContaining('npm start'), DATABASE_URL: expect.stringContaining('npm start') });
  });

  it('names everything that is unsafe in production', async () => {
    expect(await faults(API, { NODE_ENV: 'production', BCRYPT_COST: '4', RATE_LIMITS: 'off' })).toEqual({
      APP_SECRET: expect.stringContaining('openssl rand -hex 32'),
      RATE_LIMITS: expect.stringContaining('remove it'),
      BCRYPT_COST: expect.stringContaining('10 or more'),
      REDIS_URL: expect.any(String),
      DATABASE_URL: expect.any(String),
    });
  });

  it('names everything that cannot be read, and what is unsafe beside it', async () => {
    const told = await faults(API, {
      NODE_ENV: 'production',
      PORT: '99999',
      PUBLIC_URL: 'accounts.example.com',
      TRUSTED_PROXIES: '10.0.0.0/8, gateway',
      MIGRATE_ON_START: 'yes',
      LOG_LEVEL: 'loud',
      DATABASE_URL: `postgres://latchkey:${HUSH}@db/latchkey`,
      REDIS_URL: `//:${HUSH}@redis`,
      SMTP_URL: `mailto:${HUSH}`,
      SMS_URL: HUSH,
      BCRYPT_COST: 'much',
      RATE_LIMITS: 'off',
      APP_SECRET: HUSH,
    });
    expect(told).toEqual({
      PORT: 'must be a whole number from 0 to 65535',
      PUBLIC_URL: 'must be a URL that starts with http:// or https://',
      TRUSTED_PROXIES: 'names gateway, which is neither an address nor a range such as 10.0.0.0/8',
      MIGRATE_ON_START: 'must be true or false',
      LOG_LEVEL: expect.stringContaining('must be one of fatal, error'),
      DATABASE_URL: 'must be a URL that starts with mysql://',
      REDIS_URL: 'must be a URL that starts with redis:// or rediss://',
      SMTP_URL: 'must be a URL that starts with smtp:// or smtps://',
      SMS_URL: expect.stringContaining('must be a URL'),
      BCRYPT_COST: 'must be a whole number from 4 to 15',
      RATE_LIMITS: expect.stringContaining('refused in production'),
      APP_SECRET: expect.stringContaining('shorter than 32 bytes'),
    });
  });

  it.each([`changeme-${SOUND}`, `your-secret-${SOUND}`, HUSH.repeat(10)])('takes no placeholder for a secret: %s', async (APP_SECRET) => {
    expect(await faults(BOTH, { APP_SECRET })).toEqual({ APP_SECRET: expect.stringContaining('placeholder') });
  });

  it('reads settings from files and names those it cannot', async () => {
    const told = await faults(WORKER, {
      APP_SECRET_FILE: join(directory, 'absent'),
      REDIS_URL: `redis://:${HUSH}@redis`,
      REDIS_URL_FILE: file('redis-url', 'redis://redis'),
      DATABASE_URL_FILE: file('database-url', `pg://latchkey:${HUSH}@db/latchkey\n`),
    });
    expect(told).toEqual({
      APP_SECRET: `APP_SECRET_FILE names ${join(directory, 'absent')}, which cannot be read`,
      REDIS_URL: 'is set twice: keep either REDIS_URL or REDIS_URL_FILE',
      DATABASE_URL: 'must be a URL that starts with mysql://',
    });
  });

  it('lists every fault of the projects file, beside those of the settings', async () => {
    const PROJECTS_FILE = file(
      'projects.yaml',
      `
projects:
  - id: shop
    platfroms: [localhost]
    keys:
      - { name: server, secret: "\${SHOP_API_KEY}", scopes: [users.read, users.delete] }
      - { name: short, secret: ${HUSH}, scopes: [] }
      - { name: hashed, secret: "sha256:${HUSH}-${HUSH}-${HUSH}", scopes: [], expire: some day }
    auth: { maxSessions: -1 }
  - id: Shop
    limits: { createAcount: 5 }
  - id: "not an id"
    platforms: ["https://shop.example/path"]
`,
    );
    const told = await faults(BOTH, { PROJECTS_FILE, PORT: 'http' });
    expect(Object.keys(told).sort()).toEqual(
      [
        'PORT',
        'projects[0].platfroms',
        'projects[0].keys[0].secret',
        'projects[0].keys[0].scopes[1]',
        'projects[0].keys[1].secret',
        'projects[0].keys[2].secret',
        'projects[0].keys[2].expire',
        'projects[0].auth.maxSessions',
        'projects[1].id',
        'projects[1].limits.createAcount',
        'projects[2].id',
        'projects[2].platforms[0]',
      ].sort(),
    );
    expect(told['projects[0].keys[0].secret']).toContain('${SHOP_API_KEY}');
    expect(told['projects[0].platfroms']).toContain('not a known field');
  });

  it.each(['projects: [', `{ "projects": [ { "id": "shop", "keys": "${HUSH}" } `])('says that a projects file cannot be read: %s', async (content) => {
    const PROJECTS_FILE = file('broken', content);
    expect(await faults(BOTH, { PROJECTS_FILE })).toEqual({ PROJECTS_FILE: expect.stringContaining('cannot be read') });
  });

  it('says that the projects file is not there, and that the data directory cannot be made', async () => {
    expect(await faults(BOTH, { PROJECTS_FILE: join(directory, 'nowhere.yaml') })).toEqual({ PROJECTS_FILE: expect.stringContaining('nowhere.yaml') });
    expect(await faults(BOTH, { DATA_DIR: join(file('occupied', ''), 'data') })).toEqual({ DATA_DIR: expect.stringContaining('cannot be written') });
  });

  it('says in one line that a port is taken or a database does not answer', async () => {
    const server = await processes.both({ DATA_DIR: join(directory, 'first') });
    const rival = processes.launch(BOTH, { DATA_DIR: join(directory, 'second'), PORT: new URL(server.url).port });
    expect(await rival.ended).toEqual({ code: 1, signal: null });
    expect(rival.stderr).toMatch(/^Latchkey could not start: .*EADDRINUSE/m);

    const lost = processes.launch(BOTH, { DATABASE_URL: `mysql://latchkey:${HUSH}@127.0.0.1:1/latchkey`, APP_SECRET: SOUND });
    expect(await lost.ended).toEqual({ code: 1, signal: null });
    expect(lost.stderr).toMatch(/^Latchkey could not start: .*ECONNREFUSED/m);
    expect(lost.output).not.toContain(HUSH);
  });
});
