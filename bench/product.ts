import { randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Child } from './child';
import { scratch } from './closing';
import { PASSWORD, Person, secretHash } from './people';
import { residentMiB, SERVER_CORE } from './pin';
import { answer } from './requests';
import { multiply, Plan } from './seed';

export interface ProductSettings {
  cores: string;
  databaseUrl: string;
  redisUrl: string;
  bcryptCost: number;
  /** Where mails go. */
  smtpPort?: number;
}

export interface Product {
  /** What a worker of the same installation needs. */
  env: Record<string, string>;
  pid: number;
  port: number;
  /** From spawn to the first 200, in ms. */
  startMs: number;
  idleMiB: number;
  stop: () => Promise<void>;
}

const ENTRY = join(__dirname, '..', 'dist', 'main.js');
const WORKER = join(__dirname, '..', 'dist', 'worker.js');
const API_KEY = randomBytes(24).toString('hex');
const APP_SECRET = randomBytes(32).toString('hex');
const TEMPLATE = { userId: 'template', email: 'template@bench.example', password: PASSWORD, name: 'Person' };
const START = 60_000;

export const isBuilt = (): boolean => existsSync(ENTRY);

export async function startProduct({ cores, databaseUrl, redisUrl, bcryptCost, smtpPort }: ProductSettings): Promise<Product> {
  const port = await freePort();
  const env: Product['env'] = {
    NODE_ENV: 'production',
    PORT: String(port),
    PUBLIC_URL: `http://localhost:${port}`,
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    APP_SECRET,
    PROJECTS_FILE: projectsFile(),
    TRUSTED_PROXIES: '127.0.0.1',
    BCRYPT_COST: String(bcryptCost),
    ...(smtpPort && { SMTP_URL: `smtp://127.0.0.1:${smtpPort}` }),
  };
  const spawned = performance.now();
  const child = new Child({
    name: 'product',
    mute: true,
    cores,
    // As `npm run start:api` starts it.
    args: ['--max-semi-space-size=32', ENTRY, '--api-only'],
    env,
  });
  await healthy(child, port);
  const startMs = performance.now() - spawned;
  await sleep(1_000);
  return { env, pid: child.pid, port, startMs, idleMiB: residentMiB(child.pid), stop: () => child.stop() };
}

/** `node dist/worker.js` of the same installation, once it takes jobs. */
export async function startWorker({ env }: Product): Promise<Child> {
  const child = new Child({ name: 'worker', mute: true, cores: SERVER_CORE, args: [WORKER], env });
  for (const patience = performance.now() + START; performance.now() < patience && !child.ended; await sleep(10)) {
    if (child.said('worker.ready')) return child;
  }
  throw new Error(`The worker did not start:\n${child.lastWords()}`);
}

/** Signs one person up and in through the API, then copies the rows this left. */
export async function seedProduct({ port }: Product, databaseUrl: string, people: Person[]): Promise<void> {
  const headers = { 'X-Appwrite-Project': 'default', 'X-Appwrite-Key': API_KEY, 'Content-Type': 'application/json' };
  const post = async (path: string, body: object) =>
    JSON.parse(await answer(port, { method: 'POST', path, headers, body: JSON.stringify(body), status: 201, holds: [] }));
  await post('/v1/account', TEMPLATE);
  const { secret: carrier } = await post('/v1/account/sessions/email', { email: TEMPLATE.email, password: PASSWORD });
  const { secret } = JSON.parse(Buffer.from(carrier, 'base64').toString()) as { secret: string };

  await multiply(databaseUrl, plans(secretHash(secret)), people);

  const [someone] = people;
  await post('/v1/account/sessions/email', { email: someone.email, password: PASSWORD });
}

const plans = (templateHash: string): Plan[] => {
  const owner = (person: Person) => ({ [TEMPLATE.userId]: person.id, [TEMPLATE.email]: person.email });
  return [
    { table: 'users', copies: (_, person) => [owner(person)] },
    { table: 'targets', copies: ({ id }, person) => [{ ...owner(person), [String(id)]: secretHash(person.id).slice(0, 20) }] },
    {
      table: 'sessions',
      copies: ({ id }, person) =>
        person.sessions.map((session) => ({
          ...owner(person),
          [String(id)]: session.id,
          [templateHash]: secretHash(session.secret),
        })),
    },
  ];
};

function projectsFile(): string {
  const path = join(scratch(), 'projects.json');
  const key = { name: 'bench', secret: API_KEY, scopes: ['sessions.write', 'users.read', 'users.write'] };
  writeFileSync(path, JSON.stringify({ projects: [{ id: 'default', name: 'Bench', platforms: ['localhost'], keys: [key] }] }));
  return path;
}

async function healthy(child: Child, port: number): Promise<void> {
  for (const patience = performance.now() + START; performance.now() < patience; await sleep(10)) {
    const response = await fetch(`http://127.0.0.1:${port}/v1/health`).catch(() => undefined);
    if (response?.status === 200) return;
    if (child.ended) throw new Error(`The product ended:\n${child.lastWords()}`);
  }
  throw new Error(`The product was not healthy within ${START} ms:\n${child.lastWords()}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
