import { type Ground, prepare } from '../support/app';
import { eventually } from '../support/eventually';
import { type Launched, Processes } from '../support/processes';
import { select } from '../support/select';
import { linkIn, SmtpSink } from '../support/smtp-sink';
import { confirms, promisedMail } from '../support/visitor';

/** Milliseconds until a mail whose process was killed in the middle of it comes: ten of silence, a sweep, a first wait. */
const TAKEN_OVER = 40_000;

describe('a promised mail on the embedded default', () => {
  const processes = new Processes();
  let sink: SmtpSink;
  let ground: Ground;
  let server: Launched;

  beforeAll(async () => {
    sink = await SmtpSink.start();
    ground = await prepare('sqlite', undefined, { LOG_LEVEL: 'info', SMTP_URL: sink.url });
    server = await processes.both(ground.env);
  }, 60_000);

  afterEach(() => sink.release());

  afterAll(async () => {
    await processes.end();
    await sink?.stop();
    await ground?.release();
  });

  it('outlives kill -9 between commit and sending', async () => {
    sink.react = () => 'hang';
    const ada = await promisedMail(server);
    await sink.attempt(ada.email);
    await server.kill();
    sink.dropConnections();
    sink.react = () => 'accept';

    server = await processes.both(ground.env);
    await confirms(server, ada, linkIn(await sink.arrival(ada.email, TAKEN_OVER)));
  }, 60_000);

  it('is tried again after a refusal that may pass', async () => {
    sink.react = (_, nth) => (nth === first ? 451 : 'accept');
    const first = sink.tried.length + 1;
    const ada = await promisedMail(server);
    const mail = await sink.arrival(ada.email);
    expect(sink.triesFor(ada.email).map(({ messageId }) => messageId)).toEqual([mail.messageId, mail.messageId]);
    expect(await server.logged('message.failed')).toMatchObject({ level: 'warn', message: 'verification', attempt: 1, reason: 'SMTP server answered 451 to DATA' });
    await confirms(server, ada, linkIn(mail));
  });

  it('is dead after a refusal for good, and the log says so', async () => {
    sink.react = () => 550;
    const ada = await promisedMail(server);
    expect(await server.logged('message.dead')).toMatchObject({ level: 'warn', message: 'verification', attempt: 1, reason: 'SMTP server answered 550 to DATA' });
    expect(server.output).not.toContain(ada.email);
    const { messageId } = await sink.attempt(ada.email);
    const id = messageId.slice(1).split('@')[0];
    expect(await select(ground, 'SELECT state, attempts, last_error FROM outbox WHERE id = ?', [id])).toEqual([{ state: 'dead', attempts: 1, last_error: 'SMTP server answered 550 to DATA' }]);

    // The start's sweep sends what is owed, oldest first: what comes after proves that the dead one was left alone.
    sink.release();
    await server.stop();
    server = await processes.both(ground.env);
    await sink.arrival((await promisedMail(server)).email);
    expect(sink.triesFor(ada.email)).toHaveLength(1);
  }, 60_000);

  it('survives a server that dies in the middle of a batch', async () => {
    const third = sink.tried.length + 3;
    sink.react = (_, nth) => (nth === third ? 'die' : 'accept');
    const batch = await Promise.all(Array.from({ length: 8 }, () => promisedMail(server)));
    for (const { email } of batch) await sink.arrival(email);
    await eventually('all are sent', async () => (await select(ground, "SELECT id FROM outbox WHERE state IN ('pending', 'sending')")).length === 0);
  }, 60_000);
});
