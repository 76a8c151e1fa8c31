import { Redis } from 'ioredis';
import { accountOperations as account } from '../../src/modules/account';
import { sessionOperations as session } from '../../src/modules/sessions';
import { verificationOperations as verification } from '../../src/modules/verification';
import { DEFAULT_PROJECTS, type Ground, prepare } from '../support/app';
import { eventually } from '../support/eventually';
import { type Launched, Processes, readiness } from '../support/processes';
import { startRedis } from '../support/services';
import { linkIn, SmtpSink } from '../support/smtp-sink';
import { confirms, promisedMail, visitor } from '../support/visitor';

/** Milliseconds. Nobody may wait for a Redis that is away. */
const PATIENCE = 1_000;

/** Milliseconds until the sweep has found a lost message: it comes every 5 s and leaves 5 s to the usual way. */
const SWEPT = 20_000;

describe('while Redis is away', () => {
  const processes = new Processes();
  let redis: Awaited<ReturnType<typeof startRedis>>;
  let sink: SmtpSink;
  let ground: Ground;
  let api: Launched;
  let worker: Launched;

  beforeAll(async () => {
    [redis, sink] = await Promise.all([startRedis(), SmtpSink.start()]);
    ground = await prepare('mysql', DEFAULT_PROJECTS, { LOG_LEVEL: 'info', SMTP_URL: sink.url, REDIS_URL: redis.url });
    [api, worker] = await Promise.all([processes.api(ground.env), processes.worker(ground.env)]);
    await sink.arrival((await promisedMail(api)).email);
    await redis.kill();
  }, 60_000);

  afterAll(async () => {
    await processes.end();
    await sink?.stop();
    await redis?.stop();
    await ground?.release();
  });

  async function prompt<Answer>(request: Promise<Answer>): Promise<Answer> {
    const start = Date.now();
    const answer = await request;
    expect(Date.now() - start).toBeLessThan(PATIENCE);
    return answer;
  }

  it('nobody waits, limits limit, and the mail comes when Redis does', async () => {
    const ada = await prompt(visitor(api).signUp());
    await prompt(ada.signIn());
    await prompt(ada.must(account.get));
    expect(await readiness(api)).toBe(503);

    const guesses: number[] = [];
    const thief = visitor(api);
    for (let nth = 0; nth < 12; nth += 1) {
      guesses.push((await prompt(thief.call(session.createEmailPasswordSession, { email: ada.email, password: 'not the password' }))).status);
    }
    expect(guesses).toEqual([...Array<number>(10).fill(401), 429, 429]);

    const bob = await promisedMail(api);
    expect(sink.triesFor(bob.email)).toHaveLength(0);

    await redis.start();
    await confirms(api, bob, linkIn(await sink.arrival(bob.email, SWEPT)));
    expect(await eventually('readiness', async () => (await readiness(api)) === 200)).toBe(true);

    const carol = await promisedMail(api);
    await sink.arrival(carol.email, 2_000);
    expect([bob, carol].map(({ email }) => sink.triesFor(email).length)).toEqual([1, 1]);
  }, 60_000);

  it('nobody waits for one that hangs, either', async () => {
    const client = new Redis(redis.url);
    await client.call('CLIENT', 'PAUSE', '5000', 'ALL');
    client.disconnect();
    const ada = await prompt(visitor(api).signUp());
    await prompt(ada.signIn());
    await prompt(ada.must(verification.createEmailVerification, { url: 'http://localhost/verified' }));
    await confirms(api, ada, linkIn(await sink.arrival(ada.email, SWEPT)));
  }, 60_000);

  it('processes start, serve and end without it', async () => {
    await redis.kill();
    for (const each of [api, worker]) expect(await each.stop()).toEqual({ code: 0, signal: null });

    api = await processes.launchListening(['dist/main.js', '--api-only'], ground.env);
    worker = await processes.worker(ground.env);
    await api.until('the API serves', async () => (await readiness(api)) === 503);
    const ada = await promisedMail(api);

    await redis.start();
    await confirms(api, ada, linkIn(await sink.arrival(ada.email, SWEPT)));
    for (const each of [api, worker]) expect(await each.stop()).toEqual({ code: 0, signal: null });
  }, 60_000);
});
