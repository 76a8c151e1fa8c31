import { accountOperations as account } from '../../src/modules/account';
import { mfaOperations as op } from '../../src/modules/mfa';
import { DEFAULT_PROJECTS, type Engine, type Ground, PROJECT, prepare, startOn, type TestApp } from '../support/app';
import type { AuthenticatorApp } from '../support/authenticator';
import { type Answer, Person } from '../support/person';
import { answer, asked, INVALID, LOCKED, recoveryCodes, scan, wrongCode } from '../support/second-factors';
import { select } from '../support/select';
import { at } from '../support/visitor';

const USES = 50;
const FREE = 5;
const SESSIONS = 5;

describe.each<Engine>(['sqlite', 'mysql'])('second factors at once on %s', (engine) => {
  let ground: Ground;
  let apps: TestApp[];

  beforeAll(async () => {
    // Limits have tests of their own; here they would only hide who wins. The lock of wrong codes is none of them.
    ground = await prepare(engine, DEFAULT_PROJECTS, { RATE_LIMITS: 'off' });
    apps = [await startOn(ground)];
    // SQLite is for one process.
    if (engine === 'mysql') apps.push(await startOn(ground));
  }, 60_000);

  afterAll(async () => {
    await Promise.all((apps ?? []).map((app) => app.stop()));
    await ground?.release();
  });

  // Processes share the hour, and codes do not change under way.
  beforeEach(() => apps.forEach(({ clock }) => clock.stop()));
  afterEach(() => apps.forEach(({ clock }) => clock.back()));

  const turn = (seconds: number) => apps.forEach(({ clock }) => clock.turn(seconds));
  const somewhere = (nth: number) => apps[nth % apps.length];
  const parallel = <Result>(number: number, each: (nth: number) => Promise<Result>) => Promise.all(Array.from({ length: number }, (_, nth) => each(nth)));
  const tally = (answers: Answer[]) => {
    const counts: Record<string, number> = {};
    for (const { status, type = 'success' } of answers) counts[`${status} ${type}`] = (counts[`${status} ${type}`] ?? 0) + 1;
    return counts;
  };
  /** One got through, and of the others none for another reason than these. */
  const oneOf = (answers: Answer[], status: number, ...refusals: string[]) => {
    const { [`${status} success`]: won, ...others } = tally(answers);
    expect(won).toBe(1);
    expect(Object.keys(others).filter((other) => !refusals.includes(other))).toEqual([]);
  };
  const rows = (table: string, userId: string, column = 'user_id') => select(ground, `SELECT * FROM ${table} WHERE project_id = ? AND ${column} = ?`, [PROJECT, userId]);
  const events = async (userId: string, event: string) => (await rows('logs', userId)).filter((entry) => entry.event === event).length;
  const proved = async (userId: string, factor: string) => (await rows('sessions', userId)).filter(({ factors }) => JSON.stringify(factors).includes(factor)).length;

  const member = async () => (await new Person(apps[0], 'rest').signUp()).signIn();
  /** The code of the step before is spent, so that all from the present one on are there to be used. */
  const enrolled = async (person: Person): Promise<AuthenticatorApp> => {
    const app = await scan(person);
    await person.must(op.updateMFAAuthenticator, { type: 'totp', otp: app.code(-1) });
    return app;
  };
  const owner = async () => {
    const ada = await member();
    const app = await enrolled(ada);
    await ada.must(op.updateMFA, { mfa: true });
    const devices = await parallel(SESSIONS, () => ada.elsewhere().signIn());
    return { ada, app, devices };
  };
  /** The nth answer, from one of the sessions, at one of the servers. */
  const from = (devices: Person[], challenges: string[], otp: (nth: number) => string) => (nth: number) =>
    answer(at(somewhere(nth), devices[nth % devices.length]), challenges[nth % devices.length], otp(nth));

  it(`${USES} answers with one code of an app, over several sessions, are one success`, async () => {
    const { ada, app, devices } = await owner();
    const challenges = await Promise.all(devices.map((device) => asked(device, 'totp')));
    const otp = app.code();
    oneOf(await parallel(USES, from(devices, challenges, () => otp)), 200, '401 user_invalid_token', '429 general_rate_limit_exceeded');
    // The one who enrolled, and the winner.
    expect(await proved(ada.userId, 'totp')).toBe(2);
    expect(await events(ada.userId, 'challenges.update')).toBe(1);
    expect((await parallel(SESSIONS, (nth) => at(somewhere(nth), devices[nth]).call(account.get))).filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('one code of an app either answers or removes', async () => {
    const { ada, app, devices } = await owner();
    const challenges = await Promise.all(devices.map((device) => asked(device, 'totp')));
    const otp = app.code();
    const answers = from(devices, challenges, () => otp);
    const all = await parallel(USES, (nth) => (nth % 2 ? answers(nth) : at(somewhere(nth >> 1), ada).call(op.deleteMFAAuthenticator, { type: 'totp', otp })));
    expect(all.filter(({ status }) => status < 300)).toHaveLength(1);
    expect(all.filter(({ status }) => ![200, 204, 401, 404, 429].includes(status))).toEqual([]);
    const removed = all.some(({ status }) => status === 204);
    expect([await rows('authenticators', ada.userId), await events(ada.userId, 'challenges.update')]).toMatchObject(removed ? [[], 0] : [[{}], 1]);
  });

  it(`${USES} uses of one recovery code are one success`, async () => {
    const { ada, devices } = await owner();
    const [code] = await recoveryCodes(ada);
    const challenges = await Promise.all(devices.map((device) => asked(device, 'recoveryCode')));
    oneOf(await parallel(USES, from(devices, challenges, () => code)), 200, '401 user_invalid_token', '429 general_rate_limit_exceeded');
    expect(await rows('recovery_codes', ada.userId)).toHaveLength(5);
    expect([await proved(ada.userId, 'recoveryCode'), await events(ada.userId, 'challenges.update')]).toEqual([1, 1]);
  });

  it('two recovery codes at once are both accepted and both gone, every time', async () => {
    for (let time = 0; time < 8; time += 1) {
      const { ada, devices } = await owner();
      const codes = await recoveryCodes(ada);
      const challenges = await Promise.all(devices.map((device) => asked(device, 'recoveryCode')));
      const answers = await parallel(2, from(devices, challenges, (nth) => codes[nth]));
      expect(tally(answers)).toEqual({ '200 success': 2 });
      expect(await rows('recovery_codes', ada.userId)).toHaveLength(4);
      turn(60);
      await ada.must(account.get);
      for (const code of codes.slice(0, 2)) expect(await answer(devices[2], await asked(devices[2], 'recoveryCode'), code)).toMatchObject(INVALID);
    }
  });

  it('two factors shown at once by one session are both written down, every time', async () => {
    for (let time = 0; time < 8; time += 1) {
      const { ada, app, devices: [device] } = await owner();
      const [paper] = await recoveryCodes(ada);
      const shown = [{ challengeId: await asked(device, 'totp'), otp: app.code() }, { challengeId: await asked(device, 'recoveryCode'), otp: paper }];
      expect(tally(await parallel(2, (nth) => answer(at(somewhere(nth), device), shown[nth].challengeId, shown[nth].otp)))).toEqual({ '200 success': 2 });
      const { body } = await device.must(op.getMFARecoveryCodes);
      expect(body.recoveryCodes).toHaveLength(5);
      expect([await proved(ada.userId, 'recoveryCode'), await proved(ada.userId, 'totp')]).toEqual([1, 2]);
    }
  });

  it(`${USES} verifications of one new authenticator are one success`, async () => {
    const ada = await member();
    const app = await scan(ada);
    const answers = await parallel(USES, (nth) => at(somewhere(nth), ada).call(op.updateMFAAuthenticator, { type: 'totp', otp: app.code((nth % 3) - 1) }));
    oneOf(answers, 200, '401 user_invalid_token', '409 user_authenticator_already_verified');
    // Sign-up is its own event; adding and verifying are the two.
    expect(await events(ada.userId, 'user.update')).toBe(2);
  });

  it.each([{ over: 'one challenge', sessions: 1 }, { over: 'challenges of several sessions', sessions: SESSIONS }])(`of ${USES} wrong guesses at $over ${FREE} are looked at, and then not even the right one`, async ({ sessions }) => {
    const { ada, app, devices } = await owner();
    const used = devices.slice(0, sessions);
    const challenges = await Promise.all(used.map((device) => asked(device, 'totp')));
    const guesses = await parallel(USES, from(used, challenges, (nth) => wrongCode(app.code(), nth)));
    expect(tally(guesses)).toEqual({ '401 user_invalid_token': FREE, [`429 general_rate_limit_exceeded`]: USES - FREE });
    expect((await rows('challenges', ada.userId)).reduce((sum, { attempts }) => sum + Number(attempts), 0)).toBe(FREE);
    expect((await rows('factor_locks', ada.userId, 'id')).map(({ failures }) => Number(failures))).toEqual([FREE]);
    const hidden = devices.at(-1)!;
    const challengeId = await asked(hidden, 'totp');
    for (const app_ of apps) {
      const refused = await answer(at(app_, hidden), challengeId, app.code());
      expect([refused, refused.headers.get('retry-after')]).toMatchObject([LOCKED, '60']);
    }
    turn(60);
    expect((await answer(hidden, challengeId, app.code())).status).toBe(200);
  });

  it('20 creations of recovery codes make one set, and 20 replacements leave one', async () => {
    const { ada, app } = await owner();
    const made = await parallel(20, (nth) => at(somewhere(nth), ada).call(op.createMFARecoveryCodes));
    expect(tally(made)).toEqual({ '201 success': 1, '409 user_recovery_codes_already_exists': 19 });
    await answer(ada, await asked(ada, 'totp'), app.code());
    const listed = async () => (await ada.must(op.getMFARecoveryCodes)).body.recoveryCodes as string[];
    expect(await listed()).toEqual(made.find(({ status }) => status === 201)!.body.recoveryCodes);
    const replaced = await parallel(20, (nth) => at(somewhere(nth), ada).call(op.updateMFARecoveryCodes));
    expect(tally(replaced)).toEqual({ '200 success': 20 });
    expect(await rows('recovery_codes', ada.userId)).toHaveLength(6);
    expect(replaced.map(({ body }) => body.recoveryCodes)).toContainEqual(await listed());
  });

  it('20 new authenticators leave one, and one challenge is left of 20', async () => {
    const ada = await member();
    const added = await parallel(20, (nth) => at(somewhere(nth), ada).call(op.createMFAAuthenticator, { type: 'totp' }));
    expect(tally(added)).toEqual({ '200 success': 20 });
    expect(await rows('authenticators', ada.userId)).toHaveLength(1);
    expect(new Set(added.map(({ body }) => body.secret)).size).toBe(20);
    const asking = await parallel(20, (nth) => at(somewhere(nth), ada).call(op.createMFAChallenge, { factor: 'totp' }));
    expect(tally(asking)).toEqual({ '201 success': 20 });
    expect(await rows('challenges', ada.userId)).toHaveLength(1);
  });

  it('an account that goes meanwhile leaves nothing of its factors behind', async () => {
    for (let time = 0; time < 12; time += 1) {
      const { ada, app, devices: [device] } = await owner();
      const challengeId = await asked(device, 'totp');
      const other = (nth: number) => Object.assign(at(somewhere(nth), ada), { cookies: new Map(ada.cookies) });
      const steps: ((person: Person) => Promise<Answer>)[] = [
        (person) => person.call(op.deleteMFAAuthenticator, { type: 'totp', otp: wrongCode(app.code()) }),
        (person) => person.call(op.createMFARecoveryCodes),
        (person) => person.call(op.createMFAChallenge, { factor: 'totp' }),
        () => answer(at(somewhere(time), device), challengeId, wrongCode(app.code(), 1)),
        () => answer(at(somewhere(time + 1), device), challengeId, app.code()),
        (person) => person.call(account.delete),
        (person) => person.call(op.deleteMFAAuthenticator, { type: 'totp', otp: '0123456789' }),
        (person) => person.call(op.createMFAAuthenticator, { type: 'totp' }),
      ];
      // The deletion stands at another place among them each time.
      const answers = await parallel(steps.length, (nth) => steps[(nth + time) % steps.length](other(nth)));
      expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
      const tables = ['authenticators', 'recovery_codes', 'challenges', 'sessions', 'logs'];
      const left = await Promise.all([...tables.map((table) => rows(table, ada.userId)), rows('factor_locks', ada.userId, 'id'), rows('users', ada.userId, 'id')]);
      expect(left.map((found) => found.length)).toEqual([0, 0, 0, 0, 0, 0, 0]);
    }
  });
});
