import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { container } from './docker';
import { launch, type Running } from './launch';
import { type Place, type Program, Unobtainable } from './machine';

export const redis: Program = {
  name: 'Redis',
  setting: 'TEST_REDIS_URL',
  binaries: ['redis-server', 'valkey-server'],
  package: 'redis-server',
  image: 'redis:7',
};

export async function launchRedis(place: Place, port: number): Promise<Running & { url: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-redis-'));
  const settings = ['--save', '', '--appendonly', 'no', '--databases', '1024'];
  const url = `redis://127.0.0.1:${port}`;
  const how =
    'image' in place
      ? container(place.image, { port, inside: 6379, args: settings })
      : { steps: [[place.binary, '--bind', '127.0.0.1', '--port', String(port), '--dir', folder, ...settings]] };
  const { stop } = await launch({ ...how, folder, answers: () => redisAnswers(url) });
  return { url, stop };
}

export async function redisAnswers(url: string): Promise<void> {
  await ask(url, (client) => client.ping());
}

/** A Redis database of its own: database 0 keeps the count, the others are handed out in turn. */
export async function reserveRedis(serverUrl = process.env.TEST_REDIS_URL): Promise<{ url: string; flush(): Promise<void> }> {
  if (!serverUrl) throw new Unobtainable('reserveRedis needs a server: pass its URL or set TEST_REDIS_URL.');
  const url = new URL(serverUrl);
  url.pathname = '/0';
  const number = await ask(url.href, async (client) => {
    const [, databases] = (await client.config('GET', 'databases')) as string[];
    return 1 + ((await client.incr('latchkey:reserved')) - 1) % (Number(databases) - 1);
  });
  url.pathname = `/${number}`;
  const flush = async () => {
    await ask(url.href, (client) => client.flushdb());
  };
  await flush();
  return { url: url.href, flush };
}

async function ask<T>(url: string, question: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: null, connectTimeout: 5_000 });
  // connect() itself only says "Connection is closed"; the reason comes as an event.
  let reason: Error | undefined;
  client.on('error', (error) => (reason = error));
  await client.connect().catch((error: Error) => {
    throw reason ?? error;
  });
  try {
    return await question(client);
  } finally {
    client.disconnect();
  }
}
