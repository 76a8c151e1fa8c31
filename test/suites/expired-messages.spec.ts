import { accountOperations as account } from '../../src/modules/account';
import { sessionOperations as session } from '../../src/modules/sessions';
import { tokenOperations as token } from '../../src/modules/tokens';
import { DEFAULT_PROJECTS, startApp, type Engine, type TestApp } from '../support/app';
import { Database } from '../../src/infra/database/database';
import { eventually } from '../support/eventually';
import { Person } from '../support/person';
import { SMS_CARDS } from '../support/sms-cards';
import { SmsGateway } from '../support/sms-gateways';
import { SmtpSink } from '../support/smtp-sink';
import { ENGINES } from './ground';

const CARD = SMS_CARDS['a plain gateway'];
const MINUTE = 60;

describe.each(ENGINES)('what is too late, in %s', (engine: Engine) => {
  let sink: SmtpSink;
  let gateway: SmsGateway;
  let app: TestApp;

  beforeAll(async () => {
    [sink, gateway] = [await SmtpSink.start(), await SmsGateway.of(CARD)];
    const [main] = DEFAULT_PROJECTS.projects;
    app = await startApp(engine, { projects: [{ ...main, sms: { providers: [{ url: CARD.url(gateway.endpoint), default: true }] } }] }, { SMTP_URL: sink.url });
  }, 60_000);
  afterEach(() => {
    sink.release();
    gateway.mood = 'accept';
  });
  afterAll(async () => {
    await app?.stop();
    await sink?.stop();
    await gateway?.stop();
  });

  const rowOf = async (userId: string) =>
    (await app.nest.get(Database).rows<{ state: string; attempts: number; last_error: string }>('SELECT state, attempts, last_error FROM outbox WHERE user_id = ?', [userId]))[0];
  const settled = (userId: string, state: string) => eventually(`a row that is ${state}`, async () => (await rowOf(userId))?.state === state, 20_000);

  it('is not sent: a code by mail after its quarter of an hour', async () => {
    sink.react = () => 451;
    const ada = new Person(app, 'rest');
    const { body } = await ada.must(token.createEmailToken, { userId: 'unique()', email: ada.email });
    await sink.attempt(ada.email);
    await eventually('the refusal', async () => (await rowOf(body.userId as string)).last_error !== null);
    const tries = sink.triesFor(ada.email).length;
    sink.react = () => 'accept';
    app.clock.turn(16 * MINUTE);
    await settled(body.userId as string, 'dead');
    const { last_error } = await rowOf(body.userId as string);
    expect(last_error).toMatch(/^expired before it could be sent: good until 20\S+; the try before: SMTP server answered 451 to DATA$/);
    expect(sink.triesFor(ada.email)).toHaveLength(tries);
  }, 60_000);

  it('is not sent: a code by SMS', async () => {
    gateway.mood = { status: 503, body: '' };
    const bob = new Person(app, 'rest');
    const { body } = await bob.must(token.createPhoneToken, { userId: 'unique()', phone: bob.phone });
    await eventually('the refusal', async () => (await rowOf(body.userId as string)).last_error !== null);
    const calls = gateway.calls.length;
    gateway.mood = 'accept';
    app.clock.turn(16 * MINUTE);
    await settled(body.userId as string, 'dead');
    expect(gateway.calls).toHaveLength(calls);
    expect(gateway.accepted).toEqual([]);
  }, 60_000);

  it('is sent: a link that still works', async () => {
    sink.react = () => 451;
    const eve = new Person(app, 'rest');
    const { body } = await eve.must(token.createMagicURLToken, { userId: 'unique()', email: eve.email });
    await eventually('the refusal', async () => (await rowOf(body.userId as string))?.last_error !== null);
    sink.react = () => 'accept';
    app.clock.turn(16 * MINUTE);
    const { text } = await sink.arrival(eve.email, 20_000);
    const query = new URL(/https?:\/\/\S+/.exec(text)![0]).searchParams;
    expect((await eve.call(session.createSession, { userId: query.get('userId'), secret: query.get('secret') })).status).toBe(201);
  }, 60_000);

  it('is not sent: what was promised to somebody who is gone', async () => {
    sink.react = () => 451;
    const dan = await new Person(app, 'rest').signUp();
    await dan.signIn();
    await dan.must(token.createEmailToken, { userId: dan.userId, email: dan.email });
    await eventually('the refusal', async () => (await rowOf(dan.userId)).last_error !== null);
    await dan.must(account.delete);
    const tries = sink.triesFor(dan.email).length;
    sink.react = () => 'accept';
    expect(await rowOf(dan.userId)).toBeUndefined();
    app.clock.turn(MINUTE);
    // What comes after proves that the sweep has passed.
    const fay = new Person(app, 'rest');
    await fay.must(token.createEmailToken, { userId: 'unique()', email: fay.email });
    await sink.arrival(fay.email, 20_000);
    expect(sink.triesFor(dan.email)).toHaveLength(tries);
  }, 60_000);
});
