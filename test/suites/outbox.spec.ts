import { Clock } from '../../src/infra/clock';
import { Keys } from '../../src/infra/crypto/keys';
import { Vault } from '../../src/infra/crypto/vault';
import type { Database } from '../../src/infra/database/database';
import { ENVELOPE, Outbox } from '../../src/infra/outbox/outbox';
import { OutboxRepository } from '../../src/infra/outbox/outbox.repository';
import { Relay } from '../../src/infra/outbox/relay';
import { Dispatcher, type Job } from '../../src/infra/queue/dispatcher';
import type { Message } from '../../src/contract/messages';
import { ENGINES, openDatabase, settings, silent, until } from './ground';

class Recorded extends Dispatcher {
  readonly jobs: Job[] = [];
  dispatch(jobs: Job[]): void {
    this.jobs.push(...jobs);
  }
  consume(): void {}
  async ping(): Promise<void> {}
  async close(): Promise<void> {}
}

const SECRET = 'c0ffee'.repeat(10);
const message: Message<'verification'> = {
  name: 'verification',
  projectId: 'default',
  to: 'ada@example.com',
  locale: 'en',
  data: { user: 'Ada', project: 'Test', redirect: `https://example.com/?secret=${SECRET}`, expire: '2026-01-01T00:00:00.000+00:00' },
};

describe.each(ENGINES)('outbox in %s', (engine) => {
  let ground: Awaited<ReturnType<typeof openDatabase>>;
  let database: Database;
  let rows: OutboxRepository;
  let dispatcher: Recorded;
  let outbox: Outbox;
  const vault = new Vault(new Keys(settings()));
  const clock = new Clock();

  beforeAll(async () => {
    ground = await openDatabase(engine);
    ({ database } = ground);
    rows = new OutboxRepository(database);
  });
  afterAll(() => ground?.close());
  beforeEach(async () => {
    await database.transaction(() => database.writer.query('DELETE FROM outbox'));
    dispatcher = new Recorded();
    outbox = new Outbox(rows, vault, database, dispatcher, clock);
  });

  const publish = () => database.transaction(() => outbox.publish('ada', message));
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
    expect(dispatcher.jobs).toEqual([{ projectId: 'default', id, attempt: 0, urgent: false, delay: 0 }]);
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

  it('blanks the body once sent, and sends it once', async () => {
    await publish();
    const { projectId, id } = dispatcher.jobs[0];
    const row = (await rows.find(projectId, id))!;
    const at = clock.now();
    await database.transaction(() => rows.markSent(row, at));
    expect(await rows.find(projectId, id)).toMatchObject({ state: 'sent', body: null, attempts: 1, sentAt: at });
    // Late news of a failed try does not bring a sent message back.
    await database.transaction(() => rows.markFailed(row, { state: 'pending', dueAt: at, lastError: 'late' }));
    expect(await rows.find(projectId, id)).toMatchObject({ state: 'sent', body: null });
  });

  it('keeps the body of a try that failed', async () => {
    await publish();
    const { projectId, id } = dispatcher.jobs[0];
    const row = (await rows.find(projectId, id))!;
    const dueAt = clock.in(60);
    await database.transaction(() => rows.markFailed(row, { state: 'pending', dueAt, lastError: 'the mail server is away' }));
    expect(await rows.find(projectId, id)).toMatchObject({ state: 'pending', body: row.body, attempts: 1, dueAt, lastError: 'the mail server is away' });
  });

  it('finds at start what a crash left, and only that', async () => {
    await publish();
    await publish();
    await publish();
    const [lost, sent, later] = dispatcher.jobs.splice(0);
    const row = async ({ projectId, id }: Job) => (await rows.find(projectId, id))!;
    await database.transaction(async () => {
      await rows.markSent(await row(sent), clock.now());
      await rows.markFailed(await row(later), { state: 'pending', dueAt: clock.in(60), lastError: 'away' });
    });
    const relay = new Relay(rows, dispatcher, clock, silent);
    relay.start();
    await until(() => dispatcher.jobs.length > 0);
    await relay.stop();
    expect(dispatcher.jobs).toEqual([lost]);
  });
});
