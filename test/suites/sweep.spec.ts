import type { Message } from '../../src/contract/messages';
import type { Log } from '../../src/infra/log';
import { Relay } from '../../src/infra/outbox/relay';
import { Tallies } from '../../src/infra/outbox/tallies';
import { Tries, TRIES } from '../../src/infra/outbox/tries';
import { ENGINES, silent, until } from './ground';
import { LATER, message, type OpenOutbox, openOutbox } from './outbox-ground';

describe.each(ENGINES)('a sweep of the outbox in %s', (engine) => {
  let ground: OpenOutbox;
  let tries: Tries;
  let relay: Relay;
  const spoken: [string, unknown][] = [];
  const log = Object.assign(Object.create(silent) as Log, { warn: (event: string, fields: unknown) => void spoken.push([event, fields]) });

  beforeAll(async () => {
    ground = await openOutbox(engine);
  });
  afterAll(() => ground?.close());
  beforeEach(async () => {
    await ground.empty();
    const { database, dispatcher, rows, clock } = ground;
    spoken.length = 0;
    tries = new Tries(rows, database, dispatcher, new Tallies(database, silent), clock, log);
    relay = new Relay(rows, tries, dispatcher, clock, silent);
  });
  afterEach(() => relay.stop());

  it('finds at start what a crash left, and only that', async () => {
    const { database, rows, dispatcher, clock, publish, take } = ground;
    for (let nth = 0; nth < 4; nth += 1) await publish();
    const [lost, sent, later, taken] = dispatcher.jobs.splice(0);
    const [done] = await take(sent);
    const [failed] = await take(later);
    await take(taken);
    await database.transaction(async () => {
      await rows.markSent([done], clock.now());
      await rows.markFailed(failed, { ...LATER, dueAt: clock.in(60) });
    });
    relay.start();
    await until(() => dispatcher.jobs.length > 0);
    await relay.stop();
    expect(dispatcher.jobs).toEqual([lost]);
  });

  it('asks for codes before a backlog of alerts that is older', async () => {
    const { database, rows, dispatcher, outbox, clock, publish } = ground;
    for (let nth = 0; nth < 20; nth += 1) await publish();
    const code: Message<'emailOtp'> = { ...message, name: 'emailOtp', data: { user: '', project: '', otp: '123456', phrase: '', agentDevice: '', agentClient: '', agentOs: '', expire: '' } };
    await database.transaction(() => outbox.publish('ada', code));
    const [urgent] = dispatcher.jobs.splice(0).slice(-1);
    expect((await rows.due(clock.now(), 5)).map(({ id }) => id)[0]).toBe(urgent.id);
    relay.start();
    await until(() => dispatcher.jobs.length > 0);
    expect(dispatcher.jobs[0]).toEqual(urgent);
    expect(dispatcher.jobs).toHaveLength(21);
  });

  it('counts a try whose worker was lost, and lets several sweep at once', async () => {
    const { rows, dispatcher, clock, publish, take, row } = ground;
    await publish();
    const [job] = dispatcher.jobs.splice(0);
    await take(job, clock.in(-1));
    const relays = Array.from({ length: 3 }, () => new Relay(rows, tries, dispatcher, clock, silent));
    for (const each of relays) each.start();
    await until(() => spoken.length > 0);
    await Promise.all(relays.map((each) => each.stop()));
    expect(spoken).toEqual([['message.failed', { outboxId: job.id, projectId: 'default', message: 'verification', attempt: 1, reason: 'its worker ended or hung in the middle of the try', retryIn: expect.any(Number) }]]);
    expect(dispatcher.jobs).toEqual([{ ...job, attempt: 1, delay: expect.any(Number) }]);
    expect(await row(job)).toMatchObject({ state: 'pending', attempts: 1, lastError: 'its worker ended or hung in the middle of the try' });
  });

  it('leaves a row alone that its worker has renewed meanwhile', async () => {
    const { database, rows, dispatcher, clock, publish, take, row } = ground;
    await publish();
    const [job] = dispatcher.jobs.splice(0);
    const [seen] = await take(job, clock.in(-1));
    await database.transaction(() => rows.renew([seen], clock.in(10)));
    await tries.failed(seen, 'lapsed', { lapsed: true });
    expect(await row(job)).toMatchObject({ state: 'sending', attempts: 1, lastError: null });
    expect(spoken).toEqual([]);
  });

  it('buries what loses its worker at every try', async () => {
    const { database, dispatcher, clock, publish, take } = ground;
    await publish();
    let [job] = dispatcher.jobs.splice(0);
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const [taken] = await take(job, clock.in(-1));
      await tries.failed(taken, 'lost', { lapsed: true });
      [job] = dispatcher.jobs.splice(0);
    }
    expect(job).toBeUndefined();
    expect(await database.rows('SELECT state, attempts FROM outbox', [])).toEqual([{ state: 'dead', attempts: TRIES }]);
    expect(spoken.map(([event]) => event)).toEqual([...Array<string>(TRIES - 1).fill('message.failed'), 'message.dead']);
  });
});
