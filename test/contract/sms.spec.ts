import { Database } from '../../src/infra/database/database';
import { OutboxEntity } from '../../src/infra/outbox/outbox.entity';
import { accountOperations as account } from '../../src/modules/account';
import { sessionOperations as session } from '../../src/modules/sessions';
import { TokenEntity, tokenOperations as token } from '../../src/modules/tokens';
import { LogEntity, UserEntity } from '../../src/modules/users';
import { verificationOperations as verification } from '../../src/modules/verification';
import { DEFAULT_PROJECTS, startApp, type TestApp } from '../support/app';
import { eventually } from '../support/eventually';
import { type Answer, Person } from '../support/person';
import { toNextWindow } from '../support/raw';
import { SMS_CARDS } from '../support/sms-cards';
import { fieldsOf, SmsGateway } from '../support/sms-gateways';
import { everyWay } from '../support/ways';

const [main] = DEFAULT_PROJECTS.projects;
const MOCK = { phone: '+16465550000', otp: '424242' };
const LONDON = '+442079460000';
const limited = { status: 429, type: 'general_rate_limit_exceeded' };

const project = (id: string, sms: object) => ({ ...main, id, auth: { mockNumbers: [MOCK] }, sms });
const projects = [main, project('sparing', { countries: ['US'], perRecipientPerHour: 2 }), ...['rest', 'graphql'].map((transport) => project(`poor-${transport}`, { perProjectPerHour: 3 }))];

everyWay(
  'the price of messages',
  (way) => {
    const at = (id: string) => way.stranger({ 'X-Appwrite-Project': id });
    const askSms = (person: Person, phone = person.phone, userId = 'unique()') => person.call(token.createPhoneToken, { userId, phone });
    const written = async () => {
      const { reader } = way.app.nest.get(Database);
      return Promise.all([OutboxEntity, TokenEntity, UserEntity, LogEntity].map((entity) => reader.count(entity as typeof OutboxEntity)));
    };
    const refusedWithoutTrace = async (call: () => Promise<Answer>) => {
      const before = await written();
      const answer = await call();
      expect(await written()).toEqual(before);
      return answer;
    };

    it('no SMS goes to a country that the project does not send to', async () => {
      expect(await refusedWithoutTrace(() => askSms(at('sparing'), LONDON))).toMatchObject({ status: 400, type: 'general_argument_invalid', body: expect.objectContaining({ message: 'SMS is not sent to this country.' }) });
      expect((await askSms(at('sparing'))).status).toBe(201);
      expect((await askSms(way.stranger(), LONDON)).status).toBe(201);
    });

    it('a number gets no more than its share, whoever asks', async () => {
      toNextWindow(way.app);
      const ada = at('sparing');
      for (let nth = 0; nth < 2; nth += 1) expect((await askSms(at('sparing'), ada.phone)).status).toBe(201);
      const refused = await refusedWithoutTrace(() => askSms(at('sparing'), ada.phone));
      expect(refused).toMatchObject(limited);
      const left = Number(refused.headers.get('retry-after'));
      expect(left).toBeGreaterThan(3_500);
      expect(left).toBeLessThanOrEqual(3_600);
      expect((await askSms(way.stranger(), ada.phone)).status).toBe(201);
      way.app.clock.turn(left);
      expect((await askSms(at('sparing'), ada.phone)).status).toBe(201);
    });

    it('a verification takes of the same share', async () => {
      toNextWindow(way.app);
      const ada = await (await at('sparing').signUp()).signIn();
      await ada.must(account.updatePhone, { phone: ada.phone, password: ada.password });
      const verify = () => ada.call(verification.createPhoneVerification);
      expect([(await verify()).status, (await askSms(at('sparing'), ada.phone)).status]).toEqual([201, 201]);
      expect(await refusedWithoutTrace(verify)).toMatchObject(limited);
    });

    it('a number without an account is refused as one with is', async () => {
      toNextWindow(way.app);
      const [ada, bob] = [at('sparing'), at('sparing')];
      await askSms(ada);
      await way.app.nest.get(Database).transaction(() => way.app.nest.get(Database).writer.update(UserEntity, { phone: ada.phone, projectId: 'sparing' }, { status: false }));
      const outcomes = [];
      for (const person of [ada, bob]) for (let nth = 0; nth < 3; nth += 1) outcomes.push((await askSms(person)).status);
      expect(outcomes).toEqual([201, 429, 429, 201, 201, 429]);
    });

    it('a project sends no more than its share, and mock numbers take none of it', async () => {
      toNextWindow(way.app);
      const poor = () => at(`poor-${way.transport}`);
      for (let nth = 0; nth < 5; nth += 1) expect((await askSms(poor(), MOCK.phone)).status).toBe(201);
      const answers = await Promise.all(Array.from({ length: 8 }, () => askSms(poor())));
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 201, 429, 429, 429, 429, 429]);
      expect(await refusedWithoutTrace(() => askSms(poor()))).toMatchObject(limited);
      expect((await askSms(poor(), MOCK.phone)).status).toBe(201);
    });

    it('an address gets sixty mails an hour, of all kinds together', async () => {
      toNextWindow(way.app);
      const ada = await way.stranger().signUp();
      const link = () => way.stranger().call(token.createMagicURLToken, { userId: 'unique()', email: ada.email });
      const recover = (email = ada.email) => way.stranger().call(verification.createRecovery, { email, url: 'http://localhost/' });
      for (let nth = 0; nth < 59; nth += 1) expect((await link()).status).toBe(201);
      expect((await recover()).status).toBe(201);
      expect(await refusedWithoutTrace(link)).toMatchObject(limited);
      expect(await refusedWithoutTrace(recover)).toMatchObject(limited);
      expect(await refusedWithoutTrace(() => way.stranger().call(token.createEmailToken, { userId: 'unique()', email: ada.email.toUpperCase() }))).toMatchObject(limited);
      expect((await recover(way.stranger().email)).status).toBe(201);
    });
  },
  { projects: { projects } },
);

describe('an SMS of a project with providers of its own', () => {
  const gateways: Record<string, SmsGateway> = {};
  let app: TestApp;
  beforeAll(async () => {
    for (const name of ['twilio', 'vonage', 'telesign']) gateways[name] = await SmsGateway.of(SMS_CARDS[name]);
    const route = (name: string, rest: object) => ({ url: SMS_CARDS[name].url(gateways[name].endpoint), ...rest });
    const providers = [route('twilio', { callingCodes: ['1617'] }), route('vonage', { callingCodes: ['1'] }), route('telesign', { default: true })];
    // In production, and without SMS_URL.
    app = await startApp('sqlite', { projects: [project('own', { providers }), { ...main }] }, { NODE_ENV: 'production', BCRYPT_COST: '10' });
  }, 60_000);
  afterAll(async () => {
    await app?.stop();
    for (const gateway of Object.values(gateways)) await gateway.stop();
  });
  beforeEach(() => {
    for (const gateway of Object.values(gateways)) gateway.mood = 'accept';
  });

  const person = () => new Person(app, 'rest', { project: 'own' });
  const ask = (phone: string) => person().must(token.createPhoneToken, { userId: 'unique()', phone });
  /** What the gateway took for the number. */
  const arrival = (name: string, phone: string) =>
    eventually(`an SMS by ${name}`, () => gateways[name].accepted.map(({ body }) => fieldsOf(SMS_CARDS[name], body)!).find((fields) => Object.values(fields).some((value) => value === phone || `+${String(value)}` === phone)));

  it('goes by the longest calling code, else by the default, and signs its reader in', async () => {
    const ada = person();
    const { userId } = (await ada.must(token.createPhoneToken, { userId: 'unique()', phone: ada.phone })).body;
    const { Body } = await arrival('twilio', ada.phone);
    await ada.must(session.createSession, { userId, secret: String(Body).slice(0, 6) });
    await ask('+12125550123');
    await arrival('vonage', '+12125550123');
    await ask(LONDON);
    await arrival('telesign', LONDON);
  });

  it('goes by the next one while the first is away', async () => {
    gateways.twilio.mood = { status: 503, body: '' };
    const { phone } = person();
    await ask(phone);
    await arrival('vonage', phone);
    gateways.vonage.mood = 'drop';
    const { phone: other } = person();
    await ask(other);
    await arrival('telesign', other);
  });

  it('goes by nobody else when the number is the fault', async () => {
    gateways.twilio.mood = SMS_CARDS.twilio.permanent['an invalid number'];
    const calls = [gateways.vonage.calls.length, gateways.telesign.calls.length];
    await ask(person().phone);
    const dead = await eventually('a dead message', async () => (await app.nest.get(Database).reader.findBy(OutboxEntity, { state: 'dead' }))[0]);
    expect(dead).toMatchObject({ attempts: 1, lastError: 'Twilio answered 400 with code 21211' });
    expect([gateways.vonage.calls.length, gateways.telesign.calls.length]).toEqual(calls);
  });

  it('is not there for a project without', async () => {
    const ada = new Person(app, 'rest');
    expect(await ada.call(token.createPhoneToken, { userId: 'unique()', phone: ada.phone })).toMatchObject({ status: 503, type: 'general_phone_disabled' });
  });
});
