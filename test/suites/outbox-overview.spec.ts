import { Clock } from '../../src/infra/clock';
import type { Database } from '../../src/infra/database/database';
import { OutboxEntity } from '../../src/infra/outbox/outbox.entity';
import { OutboxOverview } from '../../src/infra/outbox/outbox-overview';
import { Tallies } from '../../src/infra/outbox/tallies';
import { ENGINES, openDatabase, silent } from './ground';

const AT = new Date('2026-01-01T12:00:00.123Z');
const later = (seconds: number) => new Date(AT.getTime() + seconds * 1_000);
const both = ['default', 'other'];

let ids = 0;
const rowOf = (over: Partial<OutboxEntity> = {}): OutboxEntity => ({
  projectId: 'default',
  id: `m${String((ids += 1)).padStart(6, '0')}`,
  createdAt: AT,
  userId: 'ada',
  name: 'verification',
  body: 'sealed',
  urgent: false,
  state: 'dead',
  attempts: 1,
  forgiven: 0,
  dueAt: AT,
  sentAt: null,
  lastError: 'no',
  ...over,
});

describe.each(ENGINES)('the outbox as operators see it, in %s', (engine) => {
  let ground: Awaited<ReturnType<typeof openDatabase>>;
  let database: Database;
  let outbox: OutboxOverview;
  const clock = new Clock();
  clock.now = () => later(3_600);

  beforeAll(async () => {
    ground = await openDatabase(engine);
    ({ database } = ground);
    outbox = new OutboxOverview(database, clock);
  });
  afterAll(() => ground?.close());
  beforeEach(() => database.transaction(() => database.writer.query('DELETE FROM outbox')));

  const put = (...rows: OutboxEntity[]) => database.transaction(() => database.writer.insert(OutboxEntity, rows));
  const stateOf = async ({ id }: OutboxEntity) => (await outbox.find(both, id))!;

  it('lists newest first over states and projects, and counts them', async () => {
    const rows = [rowOf({ createdAt: later(1) }), rowOf({ createdAt: later(3), state: 'sent', projectId: 'other' }), rowOf({ createdAt: later(2), state: 'pending', name: 'recovery' }), rowOf({ createdAt: later(0), state: 'sending' })];
    await put(...rows);
    const found = async (sought: object, most = 10) => (await outbox.list({ projectIds: both, ...sought }, most)).map(({ id }) => rows.findIndex((row) => row.id === id));
    expect(await found({})).toEqual([1, 2, 0, 3]);
    expect(await found({}, 2)).toEqual([1, 2]);
    expect(await found({ since: later(2) })).toEqual([1, 2]);
    expect(await found({ name: 'recovery' })).toEqual([2]);
    expect(await found({ projectIds: ['other'] })).toEqual([1]);
    expect(await found({ projectIds: [] })).toEqual([]);
    expect(await outbox.counts({ projectIds: both })).toEqual({ pending: 1, sending: 1, sent: 1, dead: 1 });
    expect(await outbox.find(['default'], rows[1].id)).toBeNull();
  });

  it('makes due what is dead or waits, and nothing else', async () => {
    const [dead, waiting, due, sending, sent] = [rowOf({ attempts: 18 }), rowOf({ state: 'pending', attempts: 3, dueAt: later(9_000) }), rowOf({ state: 'pending', attempts: 2 }), rowOf({ state: 'sending', dueAt: later(9_000) }), rowOf({ state: 'sent', body: null, sentAt: AT })];
    await put(dead, waiting, due, sending, sent);
    const changed: boolean[] = [];
    for (const row of [dead, waiting, due, sending, sent, dead, waiting]) changed.push(await outbox.retry(row));
    expect(changed).toEqual([true, true, false, false, false, false, false]);
    expect(await stateOf(dead)).toMatchObject({ state: 'pending', attempts: 18, forgiven: 18, dueAt: later(3_600), lastError: 'no', body: 'sealed' });
    expect(await stateOf(waiting)).toMatchObject({ state: 'pending', attempts: 3, forgiven: 3, dueAt: later(3_600) });
    for (const row of [due, sending, sent]) expect(await stateOf(row)).toEqual(row);
  });

  it('retries all that are dead, however many, of the projects that are named', async () => {
    const spread = (nth: number) => later(Math.floor(nth / 7));
    await put(...Array.from({ length: 600 }, (_, nth) => rowOf({ createdAt: spread(nth) })));
    await put(...Array.from({ length: 620 }, (_, nth) => rowOf({ createdAt: spread(nth), projectId: 'other' })), rowOf({ state: 'sent' }));
    expect(await outbox.retryDead(['other'])).toBe(620);
    expect(await outbox.counts({ projectIds: both })).toEqual({ pending: 620, sending: 0, sent: 1, dead: 600 });
    expect(await outbox.retryDead(both)).toBe(600);
    expect(await outbox.retryDead(both)).toBe(0);
  });

  it('tells how many wait and since when', async () => {
    expect(await outbox.depth('pending')).toEqual({ count: 0, oldest: null });
    await put(rowOf({ state: 'pending', createdAt: later(5) }), rowOf({ state: 'pending', createdAt: later(1), projectId: 'other' }), rowOf({ createdAt: AT }));
    expect(await outbox.depth('pending')).toEqual({ count: 2, oldest: later(1) });
  });

  it('adds up what several processes count, side by side', async () => {
    const processes = Array.from({ length: 4 }, () => new Tallies(database, silent));
    for (let nth = 0; nth < 10; nth += 1) {
      for (const each of processes) {
        each.add('verification', 'sent', nth);
        each.add('recovery', 'failed');
      }
      await Promise.all(processes.map((each) => each.stop()));
    }
    const totals = await processes[0].totals();
    expect(totals.sort((one, other) => (one.name < other.name ? -1 : 1))).toEqual([
      { name: 'recovery', outcome: 'failed', total: 40 },
      { name: 'verification', outcome: 'sent', total: 180 },
    ]);
  });

  it('loses no count while the database is away', async () => {
    const tallies = new Tallies(database, silent);
    const { transaction } = database;
    tallies.add('magicUrl', 'dead');
    database.transaction = () => Promise.reject(new Error('away'));
    await tallies.stop();
    database.transaction = transaction;
    tallies.add('magicUrl', 'dead');
    await tallies.stop();
    expect((await tallies.totals()).find(({ name }) => name === 'magicUrl')).toEqual({ name: 'magicUrl', outcome: 'dead', total: 2 });
  });
});
