import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createDatabase, reserveRedis, startServices } from '../test/support/services';
import { Child, typescript } from './child';
import { closeAll, onClose } from './closing';
import { seedFloor } from './floor-tables';
import { Loader } from './loader';
import { machine } from './machine';
import { Mails, startSink } from './mail';
import { installPeer, preparePeer, startPeer } from './peer';
import { people, Person } from './people';
import { BOTH_CORES, canPin, moveHere, OTHER_CORE, SERVER_CORE } from './pin';
import { isBuilt, Product, seedProduct, startProduct } from './product';
import { Finding, judge, print } from './report';
import { Pace, Round, Rounds, Servers } from './round';
import { workloads } from './workloads';

const BCRYPT_COST = 10;

const { values: flags } = parseArgs({
  options: {
    only: { type: 'string', default: Object.keys(workloads).join() },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '5' },
    'warm-up': { type: 'string', default: '1' },
    people: { type: 'string', default: '10000' },
    'no-peer': { type: 'boolean', default: false },
    'no-product': { type: 'boolean', default: false },
    json: { type: 'string' },
  },
});

async function bench(): Promise<boolean> {
  const names = flags.only.split(',');
  const unknown = names.find((name) => !workloads[name]);
  if (unknown) throw new Error(`There is no workload ${unknown}. There are ${Object.keys(workloads).join(', ')}`);
  if (!flags['no-product'] && !isBuilt()) throw new Error('dist/main.js is not there: run `npm run build` first, or measure without it: --no-product');

  const pace: Pace = { people: positive('people'), warmUp: positive('warm-up'), seconds: positive('seconds'), bcryptCost: BCRYPT_COST };
  if (!canPin) console.log('Processes cannot be pinned to cores here (no taskset, or one core): figures will vary more.');
  moveHere(OTHER_CORE);
  const stage = await setStage(names, people(pace.people));
  const findings: Record<string, Finding> = {};
  const starts: object[] = [];

  for (const cores of [1, 2]) {
    const now = names.filter((name) => (workloads[name].cores ?? 1) === cores);
    if (!now.length) continue;
    const product = await stage.product(cores === 2 ? BOTH_CORES : SERVER_CORE);
    const rounds = new Rounds(stage.loader, { ...stage.servers, product }, pace);
    for (const name of now) {
      const isMail = workloads[name].product === 'mails';
      const done = isMail ? [await new Mails(stage.loader, stage.sink!, product, stage.everyone, pace).round()] : await repeat(rounds, name);
      print(name, (findings[name] = judge(workloads[name], done)));
    }
    if (!product) continue;
    const { startMs, idleMiB } = product;
    starts.push({ cores, startMs, idleMiB });
    console.log(`\nThe product on ${cores} core${cores > 1 ? 's' : ''}: first 200 after ${startMs.toFixed(0)} ms, ${idleMiB.toFixed(0)} MiB when idle`);
    await product.stop();
  }

  const report = { at: new Date().toISOString(), machine: await machine(stage.databaseUrl), pace, starts, workloads: findings };
  for (const path of [resultPath(report.at), flags.json]) if (path) writeFileSync(path, `${JSON.stringify(report, null, 2)}\n`);
  console.log(`\n${JSON.stringify(report.machine)}\nWritten to ${resultPath(report.at)}`);
  return Object.values(findings).every(({ failures }) => failures === 0);
}

/** Databases, the servers that stay up throughout, and a way to start the product. */
async function setStage(names: string[], everyone: Person[]) {
  const services = await startServices({ durable: true });
  onClose(() => services.stop());
  const database = async () => {
    const { url, drop } = await createDatabase(services.databaseUrl);
    onClose(drop);
    return url;
  };

  const servers: Servers = {};
  if (names.some((name) => typeof workloads[name].floor === 'function')) {
    const url = await database();
    await seedFloor(url, everyone);
    const floor = new Child({ name: 'floor', cores: SERVER_CORE, args: typescript('floor.ts'), env: { DATABASE_URL: url } });
    servers.floor = await floor.ready();
  }
  if (!flags['no-peer'] && names.some((name) => workloads[name].peer)) {
    installPeer();
    const url = await database();
    await preparePeer(url, everyone);
    servers.peer = await startPeer(url);
  }

  const sink = names.some((name) => workloads[name].product === 'mails') ? await startSink() : undefined;
  const databaseUrl = await database();
  const redis = await reserveRedis(services.redisUrl);
  onClose(redis.flush);
  let isSeeded = false;
  const product = async (cores: string): Promise<Product | undefined> => {
    if (flags['no-product']) return undefined;
    const started = await startProduct({ cores, databaseUrl, redisUrl: redis.url, bcryptCost: BCRYPT_COST, smtpPort: sink?.port });
    if (!isSeeded) await seedProduct(started, databaseUrl, everyone);
    isSeeded = true;
    return started;
  };
  return { loader: await Loader.start(), servers, databaseUrl, product, sink, everyone };
}

async function repeat(rounds: Rounds, name: string): Promise<Round[]> {
  const done: Round[] = [];
  while (done.length < positive('rounds')) done.push(await rounds.run(name, done.length === 0));
  return done;
}

function positive(flag: 'rounds' | 'seconds' | 'warm-up' | 'people'): number {
  const number = Number(flags[flag]);
  if (!(number > 0)) throw new Error(`--${flag} must be a number above 0`);
  return number;
}

function resultPath(at: string): string {
  const folder = join(__dirname, 'results');
  mkdirSync(folder, { recursive: true });
  return join(folder, `${at.replace(/[:.]/g, '-')}.json`);
}

void bench()
  .catch((error: Error) => {
    console.error(error.message);
    return false;
  })
  .then(async (isSound) => {
    await closeAll();
    process.exit(isSound ? 0 : 1);
  });
