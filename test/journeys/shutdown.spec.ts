import { DEFAULT_PROJECTS, type Ground, PROJECT, prepare } from '../support/app';
import { eventually } from '../support/eventually';
import { KeepAliveClient, type Outcome } from '../support/keep-alive-client';
import { type Launched, Processes, readiness } from '../support/processes';
import { select } from '../support/select';
import { linkIn, SmtpSink } from '../support/smtp-sink';
import { promisedMail, visitor } from '../support/visitor';

const CLIENTS = 20;
/** Milliseconds from the signal to the end, when nothing slow is under way. */
const SOON = 5_000;

describe('SIGTERM', () => {
  const processes = new Processes();
  const clients: KeepAliveClient[] = [];
  let sink: SmtpSink;
  let ground: Ground;

  beforeAll(async () => {
    sink = await SmtpSink.start();
    ground = await prepare('mysql', DEFAULT_PROJECTS, { LOG_LEVEL: 'info', SMTP_URL: sink.url });
  }, 60_000);

  afterEach(() => sink.release());

  afterAll(async () => {
    clients.forEach((client) => client.close());
    await processes.end();
    await sink?.stop();
    await ground?.release();
  });

  function connect({ url }: Launched): KeepAliveClient[] {
    const connected = Array.from({ length: CLIENTS }, () => new KeepAliveClient(url));
    clients.push(...connected);
    return connected;
  }

  it('lets every request in flight finish', async () => {
    const api = await processes.api({ ...ground.env, BCRYPT_COST: '11' });
    const people = await Promise.all(connect(api).map(async (client) => ({ client, person: await visitor(api).signUp() })));
    let answered = 0;
    const signingIn = people.map(({ client, person: { email, password, headers } }) =>
      client.send('POST', '/v1/account/sessions/email', headers, { email, password }).then((outcome) => {
        answered += 1;
        return outcome;
      }),
    );
    // All were sent together and are slow: once one is answered, the others have long been accepted.
    await eventually('one answer', () => answered > 0);
    const signalled = Date.now();
    const ended = api.stop();
    expect(answered).toBeLessThan(CLIENTS);

    expect((await Promise.all(signingIn)).map(({ status }) => status)).toEqual(Array(CLIENTS).fill(201));
    expect(await ended).toEqual({ code: 0, signal: null });
    expect(Date.now() - signalled).toBeLessThan(SOON);
  }, 60_000);

  it('turns new requests away without breaking one, under load', async () => {
    const api = await processes.api(ground.env);
    const ada = await (await visitor(api).signUp()).signIn();
    const headers = { ...ada.headers, Cookie: [...ada.cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
    const outcomes: Outcome[] = [];
    const loops = connect(api).map(async (client) => {
      for (;;) {
        const outcome = await client.send('GET', '/v1/account', headers);
        outcomes.push(outcome);
        // Told that this was the last answer here, a client goes elsewhere, as a balancer does.
        if (outcome.status !== 200 || outcome.last) return;
      }
    });
    await eventually('load', () => outcomes.length > 20 * CLIENTS);
    const signalled = Date.now();
    const ended = api.stop();
    await eventually('not ready or gone', async () => (await readiness(api)) !== 200);
    await Promise.all(loops);

    expect(outcomes.filter(({ status }) => status !== 200)).toEqual([]);
    expect(outcomes.filter(({ last }) => last)).toHaveLength(CLIENTS);
    expect(await ended).toEqual({ code: 0, signal: null });
    expect(Date.now() - signalled).toBeLessThan(SOON);
  }, 60_000);

  it('lets a worker finish the mail it is sending', async () => {
    const [api, worker] = await Promise.all([processes.api(ground.env), processes.worker(ground.env)]);
    sink.react = () => 'hang';
    const ada = await promisedMail(api);
    await sink.attempt(ada.email);

    const ended = worker.stop();
    await worker.logged('process.draining');
    // Nobody takes what comes now; it waits for the next worker.
    const bob = await promisedMail(api);
    expect(worker.end).toBeUndefined();
    sink.release();
    expect(await ended).toEqual({ code: 0, signal: null });
    expect(linkIn(sink.to(ada.email)[0]).userId).toBe(ada.userId);
    expect(await select(ground, 'SELECT state, attempts FROM outbox WHERE project_id = ? AND user_id = ?', [PROJECT, ada.userId])).toEqual([{ state: 'sent', attempts: 1 }]);
    expect(sink.triesFor(bob.email)).toHaveLength(0);

    const next = await processes.worker(ground.env);
    await sink.arrival(bob.email);
    expect(await next.stop()).toEqual({ code: 0, signal: null });
    expect(sink.triesFor(ada.email)).toHaveLength(1);
  }, 60_000);

  it('ends both halves of one process', async () => {
    const embedded = await prepare('sqlite', undefined, { LOG_LEVEL: 'info', SMTP_URL: sink.url });
    try {
      const server = await processes.both(embedded.env);
      sink.react = () => 'hang';
      const ada = await promisedMail(server);
      await sink.attempt(ada.email);
      const ended = server.stop();
      await server.logged('process.draining');
      sink.release();
      expect(await ended).toEqual({ code: 0, signal: null });
      expect(await select(embedded, 'SELECT state, attempts FROM outbox')).toEqual([{ state: 'sent', attempts: 1 }]);
    } finally {
      await embedded.release();
    }
  }, 60_000);
});
