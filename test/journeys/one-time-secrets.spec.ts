import type { Operation } from '../../src/contract/operation';
import { accountOperations as account } from '../../src/modules/account';
import { sessionOperations as session } from '../../src/modules/sessions';
import { tokenOperations as token } from '../../src/modules/tokens';
import { verificationOperations as verification } from '../../src/modules/verification';
import { DEFAULT_PROJECTS, type Engine, type Ground, PROJECT, prepare, startOn, type TestApp } from '../support/app';
import type { Answer, Input, Person } from '../support/person';
import { select } from '../support/select';
import { at, visitor } from '../support/visitor';

const USES = 50;
/** Codes shown against one that was sent, before it is burnt. */
const TRIES = 5;
const [main] = DEFAULT_PROJECTS.projects;

/** Limits have tests of their own; here they would only hide who wins. */
const limited = ['updateEmailVerification', 'updatePhoneVerification', 'updateRecovery', 'createSession', 'updateMagicURLSession', 'updatePhoneSession', 'createEmailToken', 'createPhoneToken', 'createMagicURLToken', 'createRecovery'];
const projects = { projects: [{ ...main, limits: Object.fromEntries(limited.map((name) => [name, 10_000])), sms: { perRecipientPerHour: 10_000 } }] };

interface Sent {
  userId: string;
  secret: string;
}

interface Kind {
  kind: string;
  send(person: Person, app: TestApp): Promise<Sent>;
  use: Operation;
  input?: (nth: number) => Input;
  /** What one use did, told by the user's own view or by what there is now. */
  done(person: Person, winner: number): Promise<void>;
}

describe.each<Engine>(['sqlite', 'mysql'])('one-time secrets on %s', (engine) => {
  let ground: Ground;
  let apps: TestApp[];

  beforeAll(async () => {
    ground = await prepare(engine, projects);
    apps = [await startOn(ground)];
    // SQLite is for one process.
    if (engine === 'mysql') apps.push(await startOn(ground));
  }, 60_000);

  afterAll(async () => {
    await Promise.all((apps ?? []).map((app) => app.stop()));
    await ground?.release();
  });

  const somewhere = (nth: number) => apps[nth % apps.length];
  const parallel = <Result>(number: number, each: (nth: number) => Promise<Result>) => Promise.all(Array.from({ length: number }, (_, nth) => each(nth)));
  const tally = (answers: Answer[]) => {
    const counts: Record<string, number> = {};
    for (const { status, type = 'success' } of answers) counts[`${status} ${type}`] = (counts[`${status} ${type}`] ?? 0) + 1;
    return counts;
  };
  const rows = (table: string, userId: string, more = '') => select(ground, `SELECT * FROM ${table} WHERE project_id = ? AND user_id = ? ${more}`, [PROJECT, userId]);
  const wrong = (code: string, nth: number) => String((Number(code) + 1 + nth) % 1_000_000).padStart(6, '0');

  const ask = (operation: Operation) => async (person: Person) => (await person.must(operation, { userId: 'unique()', email: person.email, phone: person.phone })).body.userId as string;
  const userOf = async (person: Person) => (await at(somewhere(1), person).must(account.get)).body;
  const oneSession = async (person: Person) => expect(await rows('sessions', person.userId)).toHaveLength(1);
  const withNumber = async (person: Person) => {
    await person.must(account.updatePhone, { phone: person.phone, password: person.password });
    return person;
  };

  const KINDS: Kind[] = [
    {
      kind: 'verification',
      send: async (person, { inbox }) => {
        await (await (await person.signUp()).signIn()).must(verification.createEmailVerification, { url: 'http://localhost/' });
        return inbox.link(person.email);
      },
      use: verification.updateEmailVerification,
      done: async (person) => expect((await userOf(person)).emailVerification).toBe(true),
    },
    {
      kind: 'recovery',
      send: async (person, { inbox }) => {
        await (await person.signUp()).must(verification.createRecovery, { email: person.email, url: 'http://localhost/' });
        return inbox.link(person.email);
      },
      use: verification.updateRecovery,
      input: (nth) => ({ password: `password number ${nth}` }),
      done: async ({ email }, winner) => {
        const logins = await parallel(USES, (nth) => visitor(somewhere(nth)).call(session.createEmailPasswordSession, { email, password: `password number ${nth}` }, nth === winner ? {} : { 'X-Appwrite-Key': main.keys[0].secret }));
        expect(logins.flatMap(({ status }, nth) => (status === 201 ? [nth] : []))).toEqual([winner]);
      },
    },
    { kind: 'magic-url', send: async (person, { inbox }) => ({ userId: await ask(token.createMagicURLToken)(person), secret: (await inbox.link(person.email)).secret }), use: session.updateMagicURLSession, done: oneSession },
    { kind: 'email-otp', send: async (person, { inbox }) => ({ userId: await ask(token.createEmailToken)(person), secret: await inbox.code(person.email) }), use: session.createSession, done: oneSession },
    { kind: 'phone-otp', send: async (person, { inbox }) => ({ userId: await ask(token.createPhoneToken)(person), secret: await inbox.code(person.phone) }), use: session.updatePhoneSession, done: oneSession },
    {
      kind: 'phone-verification',
      send: async (person, { inbox }) => {
        await (await withNumber(await (await person.signUp()).signIn())).must(verification.createPhoneVerification);
        return { userId: person.userId, secret: await inbox.code(person.phone) };
      },
      use: verification.updatePhoneVerification,
      done: async (person) => expect((await userOf(person)).phoneVerification).toBe(true),
    },
  ];
  const CODES = KINDS.filter(({ kind }) => kind.startsWith('phone') || kind.endsWith('otp'));

  const sentTo = async ({ send }: Kind) => {
    const person = visitor(apps[0]);
    const { userId, secret } = await send(person, apps[0]);
    return { person: Object.assign(person, { userId }), userId, secret };
  };

  it.each(KINDS)(`$kind: of ${USES} uses at once one succeeds, takes effect and is written down`, async (kind) => {
    const { person, userId, secret } = await sentTo(kind);
    const before = (await rows('logs', userId)).length;
    const answers = await parallel(USES, (nth) => visitor(somewhere(nth)).call(kind.use, { userId, secret, ...kind.input?.(nth) }));
    expect(tally(answers)).toEqual({ [`${kind.use.status} success`]: 1, '401 user_invalid_token': USES - 1 });
    expect((await rows('logs', userId, `AND event = '${kind.use.audit}'`)).length - (kind.use.audit === 'session.create' ? before : 0)).toBe(1);
    expect(await rows('logs', userId)).toHaveLength(before + 1);
    await kind.done(person, answers.findIndex(({ status }) => status < 300));
    expect(await visitor(somewhere(1)).call(kind.use, { userId, secret, ...kind.input?.(0) })).toMatchObject({ status: 401, type: 'user_invalid_token' });
  });

  it.each(CODES)(`$kind: of ${USES} wrong guesses at once ${TRIES} are looked at, and the right code is burnt`, async (kind) => {
    const { userId, secret } = await sentTo(kind);
    const guesses = await parallel(USES, (nth) => visitor(somewhere(nth)).call(kind.use, { userId, secret: wrong(secret, nth) }));
    expect(tally(guesses)).toEqual({ '401 user_invalid_token': USES });
    const [{ attempts, spent_at: spentAt }] = await rows('tokens', userId, `AND kind = '${kind.kind}'`);
    expect([Number(attempts), spentAt]).toEqual([TRIES, null]);
    expect(await visitor(somewhere(1)).call(kind.use, { userId, secret })).toMatchObject({ status: 401, type: 'user_invalid_token' });
    const signedIn = kind.use.audit === 'session.create' ? 0 : 1;
    expect([(await rows('sessions', userId)).length, Number((await select(ground, 'SELECT phone_verified AS proved FROM users WHERE project_id = ? AND id = ?', [PROJECT, userId]))[0].proved)]).toEqual([signedIn, 0]);
  });

  it('the three ways from a token to a session spend it once together', async () => {
    const { userId, secret } = await sentTo(KINDS[2]);
    const routes = [session.createSession, session.updateMagicURLSession, session.updatePhoneSession];
    const answers = await parallel(USES, (nth) => visitor(somewhere(nth)).call(routes[nth % 3], { userId, secret }));
    expect(tally(answers)).toEqual({ '201 success': 1, '401 user_invalid_token': USES - 1 });
    expect(await rows('sessions', userId)).toHaveLength(1);
  });

  it.each([token.createEmailToken, token.createMagicURLToken, token.createPhoneToken])('20 requests at once by $name make one user and leave one secret', async (operation) => {
    const { email, phone } = visitor(apps[0]);
    const answers = await parallel(20, (nth) => visitor(somewhere(nth)).call(operation, { userId: 'unique()', email, phone }));
    expect(tally(answers)).toEqual({ '201 success': 20 });
    const [userId, ...others] = new Set(answers.map(({ body }) => body.userId as string));
    expect(others).toEqual([]);
    expect(await rows('tokens', userId, 'AND spent_at IS NULL')).toHaveLength(1);
    expect(await rows('logs', userId)).toHaveLength(20);
  });

  it('two requests at once leave one secret, every time', async () => {
    const people = await parallel(20, (nth) => visitor(somewhere(nth)).signUp());
    for (const { email, userId } of people) {
      const answers = await parallel(2, (nth) => visitor(somewhere(nth)).call(verification.createRecovery, { email, url: 'http://localhost/' }));
      expect(tally(answers)).toEqual({ '201 success': 2 });
      expect(await rows('tokens', userId, 'AND spent_at IS NULL')).toHaveLength(1);
    }
  });
});
