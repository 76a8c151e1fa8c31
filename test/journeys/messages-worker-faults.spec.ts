import { createConnection } from 'mysql2/promise';
import { DEFAULT_PROJECTS, type Ground, prepare } from '../support/app';
import { eventually } from '../support/eventually';
import { type Launched, Processes } from '../support/processes';
import { select } from '../support/select';
import { SmtpSink } from '../support/smtp-sink';
import { asksForCode } from '../support/visitor';

const LOST = 'its worker ended or hung in the middle of the try';
/** Milliseconds: a worker not heard of for ten seconds has lost its mail, the sweep comes every five, the first wait is up to five. */
const TAKEN_OVER = 40_000;
/** Milliseconds that a drain takes at most: below the thirty seconds that orchestrators wait. */
const DRAINED = 20_000;

describe('a worker', () => {
  const processes = new Processes();
  let sink: SmtpSink;
  let ground: Ground;
  let api: Launched;

  beforeAll(async () => {
    sink = await SmtpSink.start();
    ground = await prepare('mysql', DEFAULT_PROJECTS, { LOG_LEVEL: 'info', SMTP_URL: sink.url });
    api = await processes.api(ground.env);
  }, 60_000);

  afterEach(() => sink.release());

  afterAll(async () => {
    await processes.end();
    await sink?.stop();
    await ground?.release();
  });

  const idOf = async (email: string) => (await sink.attempt(email)).messageId.slice(1).split('@')[0];
  const rowOf = async (id: string) => (await select(ground, 'SELECT state, attempts, last_error FROM outbox WHERE id = ?', [id]))[0];
  async function change(sql: string, values: unknown[]): Promise<void> {
    const connection = await createConnection(ground.env.DATABASE_URL);
    await connection.query(sql, values);
    await connection.end();
  }

  it('that is told to end gives back what its server does not answer for, in time', async () => {
    const worker = await processes.worker(ground.env);
    sink.react = () => 'hang';
    const ada = await asksForCode(api);
    const id = await idOf(ada.email);
    expect(await rowOf(id)).toEqual({ state: 'sending', attempts: 1, last_error: null });

    const start = Date.now();
    expect(await worker.stop()).toEqual({ code: 0, signal: null });
    expect(Date.now() - start).toBeLessThan(DRAINED);
    const reason = 'its process was stopped before the answer came';
    expect(await rowOf(id)).toEqual({ state: 'pending', attempts: 1, last_error: reason });
    expect(worker.logs('message.failed')).toEqual([expect.objectContaining({ outboxId: id, reason, attempt: 1 })]);

    sink.react = () => 'accept';
    sink.dropConnections();
    const next = await processes.worker(ground.env);
    await sink.arrival(ada.email, 20_000);
    await eventually('the mark', async () => (await rowOf(id)).state === 'sent');
    expect(await rowOf(id)).toMatchObject({ attempts: 2 });
    await next.stop();
  }, 90_000);

  it('that hangs loses its mail to another, and the try counts', async () => {
    const first = await processes.worker(ground.env);
    sink.react = () => 'hang';
    const ada = await asksForCode(api);
    const id = await idOf(ada.email);
    first.signal('SIGSTOP');
    sink.react = () => 'accept';
    const second = await processes.worker(ground.env);
    await eventually('another to bring it', () => sink.to(ada.email).length === 1, TAKEN_OVER);
    await eventually('the mark', async () => (await rowOf(id)).state === 'sent');
    expect(await rowOf(id)).toEqual({ state: 'sent', attempts: 2, last_error: LOST });
    expect(await second.logged('message.failed')).toMatchObject({ outboxId: id, reason: LOST, attempt: 1 });

    // It wakes up, late, to a server that has taken the first try too: the row stays what it is.
    sink.release();
    first.signal('SIGCONT');
    await first.logged('message.sent');
    expect(await rowOf(id)).toEqual({ state: 'sent', attempts: 2, last_error: LOST });
    expect(new Set(sink.triesFor(ada.email).map(({ messageId }) => messageId)).size).toBe(1);
    await Promise.all([first.stop(), second.stop()]);
  }, 90_000);

  it('buries the mail that ended its worker at every try, and serves the others meanwhile', async () => {
    const poisoned = await asksForCode(api);
    sink.react = ({ to }) => (to === poisoned.email ? 'hang' : 'accept');
    let worker = await processes.worker(ground.env);
    const id = await idOf(poisoned.email);
    await worker.kill();
    sink.dropConnections();
    // Its tries but one are over, as after a night of it.
    await change("UPDATE outbox SET attempts = 17, state = 'pending', due_at = '2020-01-01' WHERE id = ?", [id]);

    worker = await processes.worker(ground.env);
    await eventually('the last try', () => sink.triesFor(poisoned.email).length === 2);
    const other = await asksForCode(api);
    await sink.arrival(other.email, 5_000);
    await worker.kill();
    sink.dropConnections();

    worker = await processes.worker(ground.env);
    expect(await worker.logged('message.dead', TAKEN_OVER)).toMatchObject({ outboxId: id, attempt: 18, reason: LOST });
    expect(await rowOf(id)).toEqual({ state: 'dead', attempts: 18, last_error: LOST });
    expect(sink.triesFor(poisoned.email)).toHaveLength(2);
    await worker.stop();
  }, 120_000);

  it('leaves to the operator what it cannot read, and sends the others', async () => {
    const pending = () => select<{ id: string; body: string }>(ground, "SELECT id, body FROM outbox WHERE state = 'pending'");
    // One whose worker was killed before it could say that it had sent it may still wait.
    const earlier = new Set((await pending()).map(({ id }) => id));
    const unreadable = await Promise.all(Array.from({ length: 40 }, () => asksForCode(api)));
    const kept = (await pending()).filter(({ id }) => !earlier.has(id));
    expect(kept).toHaveLength(unreadable.length);
    for (const { id, body } of kept) await change('UPDATE outbox SET body = ? WHERE id = ?', [`v1.unknown.${body.split('.').pop()}`, id]);
    const readable = await asksForCode(api);

    const worker = await processes.worker(ground.env);
    await sink.arrival(readable.email, 10_000);
    const line = await worker.logged('message.failed');
    expect(line.reason).toBe('a sealed outbox names a key that is not configured: add the old APP_SECRET to APP_SECRET_PREVIOUS');
    await eventually('all to be looked at', () => worker.logs('message.failed').length >= kept.length);
    const states = await select(ground, 'SELECT DISTINCT state FROM outbox WHERE last_error = ?', [line.reason as string]);
    expect(states.every(({ state }) => ['pending', 'sending'].includes(state as string))).toBe(true);

    // The key is there again: what waited is sent.
    for (const { id, body } of kept) await change("UPDATE outbox SET body = ?, due_at = '2020-01-01' WHERE id = ?", [body, id]);
    for (const { email } of unreadable) await sink.arrival(email, 60_000);
    expect(unreadable.map(({ email }) => sink.triesFor(email).length)).toEqual(Array(40).fill(1));
    await worker.stop();
  }, 120_000);
});
