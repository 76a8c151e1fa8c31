import { ENVELOPE } from '../../src/infra/outbox/outbox';
import { backoff } from '../../src/infra/outbox/tries';
import { ENGINES } from './ground';
import { LATER, message, type OpenOutbox, openOutbox, SECRET } from './outbox-ground';

describe.each(ENGINES)('outbox in %s', (engine) => {
  let ground: OpenOutbox;
  let database: OpenOutbox['database'];
  let rows: OpenOutbox['rows'];
  let dispatcher: OpenOutbox['dispatcher'];
  let outbox: OpenOutbox['outbox'];
  let vault: OpenOutbox['vault'];
  let clock: OpenOutbox['clock'];
  let [publish, take, row] = [] as unknown as [OpenOutbox['publish'], OpenOutbox['take'], OpenOutbox['row']];

  beforeAll(async () => {
    ground = await openOutbox(engine);
    ({ database, rows, dispatcher, outbox, vault, clock, publish, take, row } = ground);
  });
  afterAll(() => ground?.close());
  beforeEach(() => ground.empty());

  const dump = async () => JSON.stringify(await database.rows('SELECT * FROM outbox', []));

  it('keeps recipient, link and secret sealed', async () => {
    await publish();
    const [{ body }] = await database.rows<{ body: string }>('SELECT body FROM outbox', []);
    expect(JSON.parse(vault.open(body, ENVELOPE))).toEqual({ to: message.to, locale: 'en', data: message.data });
    const text = await dump();
    for (const told of [SECRET, message.to, 'https://']) {
      expect(text).not.toContain(told);
      for (const coding of ['base64', 'base64url', 'hex'] as const) expect(text).not.toContain(Buffer.from(told).toString(coding).slice(0, -4));
    }
  });

  it('nudges after the commit, not before', async () => {
    await database.transaction(async () => {
      await outbox.publish('ada', message);
      expect(dispatcher.jobs).toEqual([]);
    });
    const [{ id }] = await database.rows<{ id: string }>('SELECT id FROM outbox', []);
    expect(dispatcher.jobs).toEqual([{ projectId: 'default', id, attempt: 0, forgiven: 0, urgent: false, delay: 0 }]);
  });

  it('promises nothing when the effect is undone', async () => {
    await expect(
      database.transaction(async () => {
        await outbox.publish('ada', message);
        throw new Error('as the test wants');
      }),
    ).rejects.toThrow();
    expect(dispatcher.jobs).toEqual([]);
    expect(await dump()).toBe('[]');
  });

  it('promises nothing outside a transaction', async () => {
    await expect(outbox.publish('ada', message)).rejects.toThrow('outside a transaction');
    expect(dispatcher.jobs).toEqual([]);
  });

  it('gives a row to one taker, and counts the try when it begins', async () => {
    await publish();
    const [job] = dispatcher.jobs;
    const until = clock.in(60);
    const takers = await Promise.all(Array.from({ length: 5 }, () => take(job, until)));
    expect(takers.flat()).toEqual([await row(job)]);
    expect(await row(job)).toMatchObject({ state: 'sending', attempts: 1, dueAt: until });
    expect(await take(job)).toEqual([]);
  });

  it('takes many at once, each at the try of its job', async () => {
    for (let nth = 0; nth < 5; nth += 1) await publish();
    await database.transaction(() => outbox.publish('bob', { ...message, projectId: 'other' }));
    const [first, ...rest] = dispatcher.jobs;
    const taken = await database.transaction(() => rows.claim([{ ...first, attempt: 1 }, ...rest], clock.in(60)));
    expect(taken.map(({ id }) => id).sort()).toEqual(rest.map(({ id }) => id).sort());
    expect(await row(first)).toMatchObject({ state: 'pending', attempts: 0 });
  });

  it('blanks the body once sent, and sends it once', async () => {
    await publish();
    const [job] = dispatcher.jobs;
    const [taken] = await take(job);
    const at = clock.now();
    await database.transaction(() => rows.markSent([taken], at));
    expect(await row(job)).toMatchObject({ state: 'sent', body: null, attempts: 1, sentAt: at });
    // Late news of a failed try does not bring a sent message back.
    expect(await database.transaction(() => rows.markFailed(taken, { ...LATER, dueAt: at }))).toBe(false);
    expect(await take({ ...job, attempt: 1 })).toEqual([]);
    expect(await row(job)).toMatchObject({ state: 'sent', body: null });
  });

  it('believes a worker that was given up and sent it nevertheless', async () => {
    await publish();
    const [job] = dispatcher.jobs;
    const [slow] = await take(job);
    await database.transaction(() => rows.markFailed(slow, { ...LATER, dueAt: clock.now() }));
    const [second] = await take({ ...job, attempt: 1 });
    await database.transaction(() => rows.markSent([slow], clock.now()));
    expect(await database.transaction(() => rows.markFailed(second, { ...LATER, dueAt: clock.now() }))).toBe(false);
    expect(await row(job)).toMatchObject({ state: 'sent', body: null, attempts: 2 });
  });

  it('keeps the body of a try that failed', async () => {
    await publish();
    const [job] = dispatcher.jobs;
    const { body } = await row(job);
    const [taken] = await take(job);
    const dueAt = clock.in(60);
    await database.transaction(() => rows.markFailed(taken, { state: 'pending', dueAt, lastError: 'the mail server is away' }));
    expect(await row(job)).toMatchObject({ state: 'pending', body, attempts: 1, dueAt, lastError: 'the mail server is away' });
  });

  it('waits longer after each try, never twice the same', () => {
    for (const [attempts, longest] of [[1, 5], [2, 10], [5, 80], [18, 14_400]]) {
      const waits = Array.from({ length: 50 }, () => backoff(attempts));
      expect(Math.min(...waits)).toBeGreaterThanOrEqual(longest / 2);
      expect(Math.max(...waits)).toBeLessThanOrEqual(longest);
      expect(new Set(waits).size).toBeGreaterThan(40);
    }
  });
});
