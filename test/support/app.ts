import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import 'reflect-metadata';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { GraphQLSchema } from 'graphql';
import { AllModule, ApiModule, KNOWN } from '../../src/app.module';
import { preflight } from '../../src/config/preflight';
import { createServer } from '../../src/edge/server';
import { Clock } from '../../src/infra/clock';
import { TestClock } from './clock';
import { Inbox } from './inbox';
import { createDatabase, reserveRedis } from './services';

export type Engine = 'sqlite' | 'mysql';

/** What one installation stands on; two apps given the same ground are two processes of one installation. */
export interface Ground {
  env: Record<string, string>;
  release(): Promise<void>;
}

/** An API key that every test project has, with all scopes. */
export const API_KEY = 'lk_test_key_with_all_scopes';
export const PROJECT = 'default';

export const DEFAULT_PROJECTS = {
  projects: [{ id: PROJECT, name: 'Test', platforms: ['localhost'], keys: [{ name: 'server', secret: API_KEY, scopes: ['sessions.write', 'users.read', 'users.write'] }] }],
};

/** @param projects content of the projects file */
export async function prepare(engine: Engine, projects: object = DEFAULT_PROJECTS, env: Record<string, string> = {}): Promise<Ground> {
  const directory = mkdtempSync(join(tmpdir(), 'latchkey-test-'));
  const projectsFile = join(directory, 'projects.json');
  writeFileSync(projectsFile, JSON.stringify(projects));
  const shared = {
    NODE_ENV: 'test',
    DATA_DIR: directory,
    PROJECTS_FILE: projectsFile,
    APP_SECRET: 'f1c0ffee5eed0b57ac1ed0ddba11babe',
    BCRYPT_COST: '4',
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
    // Each person of a test comes from an address of his own.
    TRUSTED_PROXIES: '127.0.0.1',
    ...env,
  };
  const clean = () => rmSync(directory, { recursive: true, force: true });
  if (engine === 'sqlite') return { env: shared, release: async () => clean() };

  const [database, redis] = [await createDatabase(), await reserveRedis()];
  return {
    env: { DATABASE_URL: database.url, REDIS_URL: redis.url, ...shared },
    async release() {
      await database.drop();
      clean();
    },
  };
}

export interface TestApp {
  url: string;
  clock: TestClock;
  inbox: Inbox;
  schema: GraphQLSchema;
  nest: NestFastifyApplication;
  stop(): Promise<void>;
}

/** One process of the product, listening on a port of its own. With `apiOnly` nobody sends what it promises. */
export async function startOn(ground: Ground, { apiOnly = false } = {}): Promise<TestApp> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const configuration = preflight({ PUBLIC_URL: url, ...ground.env, PORT: String(port) }, 'all', KNOWN);
  const nest = await createServer((apiOnly ? ApiModule : AllModule).with(configuration), configuration.settings);
  const clock = new TestClock(nest.get(Clock));
  await nest.listen(port, '127.0.0.1');
  return { url, clock, inbox: new Inbox(url), schema: nest.get(GraphQLSchemaHost).schema, nest, stop: () => nest.close() };
}

/** An installation of one process. */
export async function startApp(engine: Engine, projects?: object, env?: Record<string, string>): Promise<TestApp> {
  const ground = await prepare(engine, projects, env);
  const app = await startOn(ground);
  return {
    ...app,
    async stop() {
      await app.stop();
      await ground.release();
    },
  };
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = createSocket();
    socket.once('error', reject);
    socket.listen(0, '127.0.0.1', () => {
      const { port } = socket.address() as { port: number };
      socket.close(() => resolve(port));
    });
  });
}
