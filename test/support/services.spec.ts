import { Redis } from 'ioredis';
import { createConnection } from 'mysql2/promise';
import { createDatabase, reserveRedis, startRedis, startServices } from './services';
import { findChromium } from './services/chromium';
import { type Machine, thisMachine } from './services/machine';

/** A machine that has nothing and may install nothing. */
const bare: Machine = {
  env: {},
  find: () => undefined,
  dockerAnswers: async () => false,
  canInstall: () => false,
  install: () => Promise.reject(new Error('not asked for')),
};

async function sql(url: string, statement: string): Promise<unknown> {
  const connection = await createConnection(url);
  try {
    return (await connection.query(statement))[0];
  } finally {
    await connection.end();
  }
}

async function redis<T>(url: string, command: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: null }).on('error', () => {});
  await client.connect();
  try {
    return await command(client);
  } finally {
    client.disconnect();
  }
}

describe('createDatabase', () => {
  it('keeps two databases apart', async () => {
    const [one, other] = await Promise.all([createDatabase(), createDatabase()]);
    try {
      await sql(one.url, 'CREATE TABLE thing (name VARCHAR(9))');
      await expect(sql(one.url, 'SHOW TABLES')).resolves.toHaveLength(1);
      await expect(sql(other.url, 'SHOW TABLES')).resolves.toHaveLength(0);
    } finally {
      await Promise.all([one.drop(), other.drop()]);
    }
    await expect(sql(one.url, 'SELECT 1')).rejects.toThrow('Unknown database');
  });

  it('speaks utf8mb4', async () => {
    const { url, drop } = await createDatabase();
    await expect(sql(url, 'SELECT @@character_set_database AS charset')).resolves.toEqual([{ charset: 'utf8mb4' }]);
    await drop();
  });
});

describe('reserveRedis', () => {
  it('keeps two reservations apart', async () => {
    const [one, other] = await Promise.all([reserveRedis(), reserveRedis()]);
    await redis(one.url, (client) => client.set('name', 'one'));
    await redis(other.url, (client) => client.set('name', 'other'));
    await other.flush();
    await expect(redis(one.url, (client) => client.get('name'))).resolves.toBe('one');
    await expect(redis(other.url, (client) => client.get('name'))).resolves.toBeNull();
  });
});

describe('startRedis', () => {
  it('comes back on the same port after a kill', async () => {
    const server = await startRedis();
    try {
      await server.kill();
      await expect(redis(server.url, (client) => client.ping())).rejects.toThrow();
      await server.start();
      await expect(redis(server.url, (client) => client.ping())).resolves.toBe('PONG');
    } finally {
      await server.stop();
    }
    await expect(redis(server.url, (client) => client.ping())).rejects.toThrow();
  });
});

describe('startServices', () => {
  it('uses the servers it is given', async () => {
    const { TEST_DATABASE_URL, TEST_REDIS_URL } = process.env;
    const services = await startServices({}, { ...bare, env: { TEST_DATABASE_URL, TEST_REDIS_URL } });
    expect(services).toMatchObject({ databaseUrl: TEST_DATABASE_URL, redisUrl: TEST_REDIS_URL });
  });

  it('installs exactly what is missing', async () => {
    const { TEST_DATABASE_URL } = process.env;
    const installed: string[] = [];
    const services = await startServices({}, {
      ...bare,
      env: { TEST_DATABASE_URL },
      find: (binaries) => (installed.length > 0 ? thisMachine.find(binaries) : undefined),
      canInstall: () => true,
      install: async (packages) => void installed.push(...packages),
    });
    await services.stop();
    expect(installed).toEqual(['redis-server']);
  });

  it('says in one sentence what it could not get', async () => {
    await expect(startServices({}, bare)).rejects.toThrow(
      'The tests need a MySQL-protocol server and Redis: put mariadbd or mysqld and redis-server or valkey-server on the PATH, ' +
        'start Docker, set TEST_DATABASE_URL and TEST_REDIS_URL, or run as root on Debian or Ubuntu to have apt install them.',
    );
  });

  it('says which browser it could not get', async () => {
    await expect(findChromium(bare)).rejects.toThrow(
      'The tests need Chromium: put chromium or chromium-browser or google-chrome on the PATH, ' +
        'set CHROMIUM_PATH, or run as root on Debian or Ubuntu to have apt install it.',
    );
  });
});
