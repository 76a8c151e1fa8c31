import { BullmqDispatcher } from '../../src/infra/queue/bullmq.dispatcher';
import type { Dispatcher, Job } from '../../src/infra/queue/dispatcher';
import { InProcessDispatcher } from '../../src/infra/queue/in-process.dispatcher';
import { reserveRedis, startRedis } from '../support/services';
import { gate, pause, silent, until } from './ground';

const implementations: [string, () => Promise<() => Dispatcher>][] = [
  ['in process', async () => () => new InProcessDispatcher(silent)],
  ['on BullMQ', async () => {
    const { url } = await reserveRedis();
    return () => new BullmqDispatcher(url, silent);
  }],
];

let jobs = 0;
const job = (over: Partial<Job> = {}): Job => ({ projectId: 'default', id: `job${(jobs += 1)}`, attempt: 0, forgiven: 0, urgent: false, delay: 0, ...over });

async function ready(dispatcher: Dispatcher): Promise<Dispatcher> {
  for (const end = Date.now() + 5_000; ; await pause(20)) {
    if (await dispatcher.ping().then(() => true, () => false)) return dispatcher;
    if (Date.now() > end) throw new Error('the queue does not answer');
  }
}

describe.each(implementations)('dispatcher %s', (name, ground) => {
  let another: () => Dispatcher;
  let dispatcher: Dispatcher;
  beforeEach(async () => {
    another = await ground();
    dispatcher = await ready(another());
  });
  afterEach(() => dispatcher.close());

  it('delivers', async () => {
    const seen: Job[] = [];
    dispatcher.consume(async (each) => void seen.push(each));
    const sent = [job(), job({ projectId: 'other', attempt: 3 }), job({ urgent: true })];
    dispatcher.dispatch(sent);
    await until(() => seen.length === 3);
    expect(seen).toEqual(expect.arrayContaining(sent));
  });

  it('delivers what waited for somebody to consume, urgent first', async () => {
    const order: string[] = [];
    const calm = Array.from({ length: 300 }, () => job());
    const urgent = [job({ urgent: true }), job({ urgent: true })];
    dispatcher.dispatch(calm);
    dispatcher.dispatch(urgent);
    await pause(200);
    dispatcher.consume(async ({ id }) => {
      order.push(id);
      await pause(5);
    });
    await until(() => order.length === 302);
    expect(order.slice(0, 2).sort()).toEqual(urgent.map(({ id }) => id).sort());
  });

  it('takes a code next, however many alerts are waiting', async () => {
    const order: string[] = [];
    const { open, opened } = gate();
    dispatcher.consume(async ({ id }) => {
      order.push(id);
      if (order.length === 1) open();
      await pause(20);
    });
    dispatcher.dispatch(Array.from({ length: 500 }, () => job()));
    await opened;
    const code = job({ urgent: true });
    const before = order.length;
    dispatcher.dispatch([code]);
    await until(() => order.includes(code.id));
    // What is in the air lands first, and what was taken while the code was on its way.
    expect(order.indexOf(code.id) - before).toBeLessThanOrEqual(2 * 64 + 10);
    await until(() => order.length === 501, 20_000);
  });

  it('waits for a job that is not due', async () => {
    const seen: number[] = [];
    dispatcher.consume(async () => void seen.push(Date.now()));
    const start = Date.now();
    dispatcher.dispatch([job({ delay: 400 })]);
    await until(() => seen.length === 1);
    expect(seen[0] - start).toBeGreaterThanOrEqual(390);
    expect(seen[0] - start).toBeLessThan(3_000);
  });

  it('runs a job once that is added twice, waiting or running', async () => {
    const seen: string[] = [];
    const { open, opened } = gate();
    const twice = job();
    dispatcher.dispatch([twice, twice]);
    dispatcher.dispatch([twice]);
    dispatcher.consume(async ({ id }) => {
      seen.push(id);
      await opened;
    });
    await until(() => seen.length === 1);
    dispatcher.dispatch([twice]);
    await pause(200);
    open();
    await pause(200);
    expect(seen).toEqual([twice.id]);
  });

  it('takes the next try of a job from within the one before', async () => {
    const seen: number[] = [];
    const first = job();
    dispatcher.consume(async (each) => {
      seen.push(each.attempt);
      if (each.attempt === 0) dispatcher.dispatch([{ ...each, attempt: 1, delay: 20 }]);
    });
    dispatcher.dispatch([first]);
    await until(() => seen.length === 2);
    expect(seen).toEqual([0, 1]);
  });

  it('goes on after a handler that throws', async () => {
    const seen: string[] = [];
    const [bad, good] = [job(), job()];
    dispatcher.consume(async ({ id }) => {
      if (id === bad.id) throw new Error('as the test wants');
      seen.push(id);
    });
    dispatcher.dispatch([bad, good]);
    await until(() => seen.length === 1);
    expect(seen).toEqual([good.id]);
  });

  it('waits for the job in flight when it closes, and takes no other', async () => {
    const [started, finished]: string[][] = [[], []];
    const { open, opened } = gate();
    dispatcher.consume(async ({ id }) => {
      started.push(id);
      await opened;
      finished.push(id);
    });
    const inFlight = job();
    dispatcher.dispatch([inFlight]);
    await until(() => started.length === 1);
    let closed = false;
    const closing = dispatcher.close().then(() => (closed = true));
    await pause(150);
    expect(closed).toBe(false);
    dispatcher.dispatch([job()]);
    open();
    await closing;
    expect(finished).toEqual([inFlight.id]);
    await pause(100);
    expect(started).toEqual([inFlight.id]);
  });

  if (name === 'on BullMQ') {
    it('shares the jobs among processes, each run once', async () => {
      const second = await ready(another());
      const seen: string[] = [];
      for (const one of [dispatcher, second]) one.consume(async ({ id }) => void seen.push(id));
      const many = Array.from({ length: 100 }, () => job());
      dispatcher.dispatch(many.slice(0, 50));
      second.dispatch(many.slice(50));
      await until(() => seen.length >= 100);
      await pause(100);
      expect(seen.sort()).toEqual(many.map(({ id }) => id).sort());
      await second.close();
    });
  }
});

describe('dispatcher without its redis', () => {
  it('neither throws nor keeps the process from closing', async () => {
    const dispatcher = new BullmqDispatcher('redis://127.0.0.1:1', silent);
    dispatcher.consume(async () => undefined);
    expect(() => dispatcher.dispatch([job()])).not.toThrow();
    await expect(dispatcher.ping()).rejects.toThrow();
    const before = Date.now();
    await dispatcher.close();
    expect(Date.now() - before).toBeLessThan(10_000);
  });

  it('closes when it died, and delivers again when it is back', async () => {
    const server = await startRedis();
    const [dispatcher, closing] = await Promise.all([1, 2].map(() => ready(new BullmqDispatcher(server.url, silent))));
    const seen: string[] = [];
    for (const one of [dispatcher, closing]) one.consume(async ({ id }) => void seen.push(id));
    await server.kill();
    dispatcher.dispatch([job()]);
    const before = Date.now();
    await closing.close();
    expect(Date.now() - before).toBeLessThan(10_000);

    await server.start();
    await ready(dispatcher);
    const after = job();
    dispatcher.dispatch([after]);
    await until(() => seen.includes(after.id), 20_000);
    await dispatcher.close();
    await server.stop();
  });
});
