import { DEFAULT_PROJECTS, type Ground, prepare } from '../support/app';
import { eventually } from '../support/eventually';
import { type Launched, Processes } from '../support/processes';
import { select } from '../support/select';
import { startRedis } from '../support/services';
import { SmtpSink } from '../support/smtp-sink';
import { asksForCode } from '../support/visitor';

const MAILS = 1_500;
const ASKERS = 12;
/** As many as a worker has in the air. */
const IN_FLIGHT = 64;
const KILLS = 4;
/** Milliseconds: what a killed worker had is given up after ten seconds and waits for five; then there are thousands to send. */
const ALL_IN = 120_000;

describe('a thousand mails and more, while workers and Redis are killed', () => {
  const processes = new Processes();
  let redis: Awaited<ReturnType<typeof startRedis>>;
  let sink: SmtpSink;
  let ground: Ground;
  let api: Launched;
  let workers: Launched[];

  beforeAll(async () => {
    [redis, sink] = await Promise.all([startRedis(), SmtpSink.start()]);
    ground = await prepare('mysql', DEFAULT_PROJECTS, { LOG_LEVEL: 'info', SMTP_URL: sink.url, REDIS_URL: redis.url });
    api = await processes.api(ground.env);
    workers = await Promise.all([processes.worker(ground.env), processes.worker(ground.env)]);
  }, 60_000);

  afterAll(async () => {
    await processes.end();
    await sink?.stop();
    await redis?.stop();
    await ground?.release();
  });

  it('arrive, each of them, and no more of them twice than were in the air', async () => {
    const asked: string[] = [];
    const asker = async () => {
      while (asked.length + ASKERS <= MAILS) asked.push((await asksForCode(api)).email);
    };
    const asking = Promise.all(Array.from({ length: ASKERS }, asker));

    let killed = 0;
    const killOne = async () => {
      const [victim] = workers.splice(killed % 2, 1);
      await victim.kill();
      killed += 1;
      workers.push(await processes.worker(ground.env));
    };
    const at = (mails: number) => eventually(`${mails} mails`, () => sink.accepted.length >= mails, ALL_IN);
    await at(100);
    await killOne();
    await at(300);
    await redis.kill();
    await killOne();
    await redis.start();
    await at(600);
    await killOne();
    await asking;
    await killOne();
    expect(killed).toBe(KILLS);

    const arrived = () => new Set(sink.accepted.map(({ to }) => to));
    await eventually('all mails', () => arrived().size >= asked.length, ALL_IN);
    await eventually('all to be marked', async () => (await select(ground, "SELECT id FROM outbox WHERE state <> 'sent' LIMIT 1")).length === 0, ALL_IN);
    const there = arrived();
    expect(asked.filter((email) => !there.has(email))).toEqual([]);
    expect(asked.length).toBeGreaterThanOrEqual(MAILS - ASKERS);

    const again = sink.accepted.length - there.size;
    expect(again).toBeLessThanOrEqual(KILLS * IN_FLIGHT);
    // What came twice is one mail to a mail program, and no mail was brought more often than it was tried.
    expect(new Set(sink.accepted.map(({ messageId }) => messageId)).size).toBe(asked.length);
    const tries = new Map((await select<{ id: string; attempts: number }>(ground, 'SELECT id, attempts FROM outbox')).map(({ id, attempts }) => [id, attempts]));
    const brought = new Map<string, number>();
    for (const { messageId } of sink.tried) brought.set(messageId, (brought.get(messageId) ?? 0) + 1);
    expect([...brought].filter(([messageId, times]) => times > tries.get(messageId.slice(1).split('@')[0])!)).toEqual([]);
  }, 300_000);
});
