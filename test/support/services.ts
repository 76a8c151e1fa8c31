import { launchMysql, mysql, mysqlAnswers } from './services/mysql';
import { launchRedis, redis, redisAnswers } from './services/redis';
import { until } from './services/launch';
import { locate, type Machine, thisMachine, Unobtainable } from './services/machine';
import { freePort } from './services/port';

export { chromiumPath } from './services/chromium';
export { createDatabase } from './services/mysql';
export { reserveRedis } from './services/redis';
export { Unobtainable };

export interface Services {
  /** `mysql://user:pass@127.0.0.1:port`, naming no database. */
  databaseUrl: string;
  redisUrl: string;
  stop(): Promise<void>;
}

/** What is given is used; what is not is obtained. `durable` flushes the database's log at every commit. */
export async function startServices(options: { durable?: boolean } = {}, machine: Machine = thisMachine): Promise<Services> {
  const given = { database: machine.env.TEST_DATABASE_URL, redis: machine.env.TEST_REDIS_URL };
  const [mysqlPlace, redisPlace] = await locate([given.database ? null : mysql, given.redis ? null : redis], machine);

  const starting = await Promise.allSettled([
    mysqlPlace ? launchMysql(mysqlPlace, options, machine) : borrow('TEST_DATABASE_URL', given.database!, mysqlAnswers),
    redisPlace ? freePort().then((port) => launchRedis(redisPlace, port)) : borrow('TEST_REDIS_URL', given.redis!, redisAnswers),
  ]);
  const stop = async () => {
    for (const one of starting) if (one.status === 'fulfilled') await one.value.stop();
  };

  const [database, cache] = starting;
  if (database.status === 'fulfilled' && cache.status === 'fulfilled') {
    return { databaseUrl: database.value.url, redisUrl: cache.value.url, stop };
  }
  await stop();
  throw starting.find((one) => one.status === 'rejected')!.reason;
}

async function borrow(setting: string, url: string, answers: (url: string) => Promise<unknown>) {
  await until(() => answers(url), 10_000).catch((reason: Error) => {
    throw new Unobtainable(`The server named by ${setting} does not answer: ${reason.message}`);
  });
  return { url, stop: async () => {} };
}

export interface PrivateRedis {
  url: string;
  /** SIGKILL, as in a crash. */
  kill(): Promise<void>;
  /** The same port again, empty. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** A Redis that one test may kill and start again. */
export async function startRedis(machine: Machine = thisMachine): Promise<PrivateRedis> {
  const [place] = await locate([redis], machine);
  const port = await freePort();
  let running = await launchRedis(place!, port);
  const kill = () => running.stop();
  return {
    url: running.url,
    kill,
    start: async () => {
      await kill();
      running = await launchRedis(place!, port);
    },
    stop: kill,
  };
}
