import { Redis } from 'ioredis';
import { DEFAULT_PROJECTS, type Ground, prepare } from '../support/app';
import { eventually } from '../support/eventually';
import { type Launched, Processes } from '../support/processes';
import { select } from '../support/select';
import { linkIn, SmtpSink } from '../support/smtp-sink';
import { confirms, promisedMail } from '../support/visitor';

/** Milliseconds until the mail of a killed worker is another's: ten of silence, a sweep every five, a first wait of up to five, and a worker has to start. */
const TAKEN_OVER = 40_000;

describe('a promised mail on MySQL and Redis', () => {
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

  it('waits for a worker to start', async () => {
    const ada = await promisedMail(api);
    const worker = await processes.worker(ground.env);
    await confirms(api, ada, linkIn(await sink.arrival(ada.email)));
    await worker.stop();
    expect(sink.triesFor(ada.email)).toHaveLength(1);
  });

  it('outlives a Redis that was emptied after the commit', async () => {
    const ada = await promisedMail(api);
    const redis = new Redis(ground.env.REDIS_URL);
    await eventually('the job in Redis', async () => (await redis.dbsize()) > 1);
    await redis.flushdb();
    redis.disconnect();

    const worker = await processes.worker(ground.env);
    await confirms(api, ada, linkIn(await sink.arrival(ada.email)));
    await worker.stop();
  });

  it('is brought by another worker when the first is killed while sending', async () => {
    sink.react = () => 'hang';
    const first = await processes.worker(ground.env);
    const ada = await promisedMail(api);
    await sink.attempt(ada.email);
    await first.kill();
    sink.dropConnections();
    sink.react = () => 'accept';

    const second = await processes.worker(ground.env);
    await confirms(api, ada, linkIn(await sink.arrival(ada.email, TAKEN_OVER)));

    // The same id: to a mail program the two tries are one mail.
    const ids = sink.triesFor(ada.email).map(({ messageId }) => messageId);
    expect(new Set(ids).size).toBe(1);
    await eventually('the mark', async () => (await select(ground, "SELECT id FROM outbox WHERE state <> 'sent'")).length === 0);
    await second.stop();
  }, 60_000);

  it('is brought once, however many workers there are', async () => {
    const workers = await Promise.all([processes.worker(ground.env), processes.worker(ground.env)]);
    const people = await Promise.all(Array.from({ length: 20 }, () => promisedMail(api)));
    await Promise.all(people.map(({ email }) => sink.arrival(email)));
    await Promise.all(workers.map((worker) => worker.stop()));
    expect(people.map(({ email }) => sink.triesFor(email).length)).toEqual(Array(20).fill(1));
    expect(workers.flatMap((worker) => worker.logs('message.sent'))).toHaveLength(20);
  }, 60_000);

  it('leaves nothing pending and no secret behind', async () => {
    expect(await select(ground, 'SELECT DISTINCT state, body FROM outbox')).toEqual([{ state: 'sent', body: null }]);
  });
});
