import { accountOperations as account } from '../../src/modules/account';
import { mfaOperations as op } from '../../src/modules/mfa';
import { sessionOperations as session } from '../../src/modules/sessions';
import type { AuthenticatorApp } from '../support/authenticator';
import type { Answer, Person, Transport } from '../support/person';
import { toNextWindow } from '../support/raw';
import { answer, asked, enrol, INVALID, LOCKED, recoveryCodes, secure, tries, verifyEmail, wrongCode } from '../support/second-factors';
import { everyWay } from '../support/ways';

const FIVE = [0, 1, 2, 3, 4];
const LONGEST = 4 * 3_600;

everyWay(
  'wrong codes in a row',
  (way) => {
    const remove = (person: Person, otp: string) => person.call(op.deleteMFAAuthenticator, { type: 'totp', otp });
    const locksFor = (seconds: number) => ({ ...LOCKED, after: String(seconds) });
    const told = ({ status, type, headers }: Answer) => ({ status, type, after: headers.get('retry-after') });
    /** The same browser at the other interface. */
    const over = (transport: Transport, person: Person) => Object.assign(Object.create(Object.getPrototypeOf(person) as object) as Person, person, { transport });
    const owner = async () => {
      way.app.clock.stop();
      const ada = await way.member();
      return { ada, app: await secure(ada) };
    };
    const guess = async (person: Person, app: AuthenticatorApp, nth = 0) => tries(person, 'totp', wrongCode(app.next(), nth));
    const fail = async (person: Person, app: AuthenticatorApp, times: number) => {
      for (let nth = 0; nth < times; nth += 1) expect(await guess(person, app, nth)).toMatchObject(INVALID);
    };

    it('lock from the fifth on, for the right code too, and say for how long', async () => {
      const { ada, app } = await owner();
      await fail(ada, app, 4);
      const challengeId = await asked(ada, 'totp');
      expect(await answer(ada, challengeId, wrongCode(app.next()))).toMatchObject(INVALID);
      const refused = await answer(ada, challengeId, app.code(1));
      expect(told(refused)).toEqual(locksFor(60));
      expect(refused.body.message).toContain('60 seconds');
      way.app.clock.turn(59);
      expect(told(await tries(ada, 'totp', app.code()))).toEqual(locksFor(1));
      way.app.clock.turn(1);
      expect((await tries(ada, 'totp', app.next())).status).toBe(200);
    });

    it('lock twice as long with each more, up to four hours', async () => {
      const { ada, app } = await owner();
      await fail(ada, app, 5);
      for (let seconds = 60; seconds < LONGEST; seconds = Math.min(LONGEST, seconds * 2)) {
        expect(told(await tries(ada, 'totp', app.code()))).toEqual(locksFor(seconds));
        way.app.clock.turn(seconds - 30);
        await fail(ada, app, 1);
      }
      for (let more = 0; more < 2; more += 1) {
        expect(told(await tries(ada, 'totp', app.code()))).toEqual(locksFor(LONGEST));
        way.app.clock.turn(LONGEST - 30);
        await fail(ada, app, 1);
      }
      way.app.clock.turn(LONGEST);
      expect((await tries(ada, 'totp', app.next())).status).toBe(200);
      // The right one makes the count begin anew.
      await fail(ada, app, 5);
      expect(told(await tries(ada, 'totp', app.code()))).toEqual(locksFor(60));
    });

    it('are forgotten after a right one', async () => {
      const { ada, app } = await owner();
      for (let round = 0; round < 3; round += 1) {
        await fail(ada, app, 4);
        expect((await tries(ada, 'totp', app.next())).status).toBe(200);
      }
      await fail(ada, app, 4);
      expect((await remove(ada, app.next())).status).toBe(204);
      const newer = await enrol(ada);
      await fail(ada, newer, 4);
      expect((await tries(ada, 'totp', newer.next())).status).toBe(200);
    });

    it('are the user’s, whatever challenge, session, address, interface or operation they come by', async () => {
      const { ada, app } = await owner();
      const [rest, graphql] = [over('rest', await ada.elsewhere().signIn()), over('graphql', await ada.elsewhere().signIn())];
      expect(rest.headers['X-Forwarded-For']).not.toBe(graphql.headers['X-Forwarded-For']);
      await recoveryCodes(ada);
      const waiting = await asked(graphql, 'totp');
      expect(await tries(rest, 'totp', wrongCode(app.next()))).toMatchObject(INVALID);
      expect(await answer(graphql, waiting, wrongCode(app.next()))).toMatchObject(INVALID);
      expect(await tries(rest, 'recoveryCode', '0123456789')).toMatchObject(INVALID);
      expect(await remove(ada, wrongCode(app.next()))).toMatchObject(INVALID);
      expect(await remove(over('graphql', ada), '9876543210')).toMatchObject(INVALID);
      for (const person of [rest, graphql, ada]) expect(told(await tries(person, 'totp', app.code()))).toEqual(locksFor(60));
      for (const person of [ada, over('rest', ada), over('graphql', ada)]) expect(told(await remove(person, app.code()))).toEqual(locksFor(60));
    });

    it('lock every factor, and nobody else’s', async () => {
      const { ada, app } = await owner();
      const [bob, paper] = [await owner(), await recoveryCodes(ada)];
      await verifyEmail(ada);
      await fail(ada, app, 5);
      const challengeId = await asked(ada, 'email');
      expect(await answer(ada, challengeId, await way.app.inbox.code(ada.email, 2))).toMatchObject(LOCKED);
      expect(await tries(ada, 'recoveryCode', paper[0])).toMatchObject(LOCKED);
      expect(await remove(ada, paper[0])).toMatchObject(LOCKED);
      expect((await tries(bob.ada, 'totp', bob.app.next())).status).toBe(200);
      way.app.clock.turn(60);
      expect((await answer(ada, challengeId, await way.app.inbox.code(ada.email, 2))).status).toBe(200);
      expect((await tries(ada, 'recoveryCode', paper[0])).status).toBe(200);
    });

    it('are not those that have no form of a code, that no challenge waits for, or that come during a lock', async () => {
      const { ada, app } = await owner();
      for (let nth = 0; nth < 3; nth += 1) {
        for (const otp of ['abcdef', '12345', '1234567', '0123456789', 'x'.repeat(256), '１２３４５６']) expect(await tries(ada, 'totp', otp)).toMatchObject(INVALID);
        for (const otp of ['123456', '012345678', '0123456789g', 'ghijklmnop']) expect(await tries(ada, 'recoveryCode', otp)).toMatchObject(INVALID);
        for (const otp of ['abcdef', '12345', '1234567', '012345678', 'no code']) expect([otp, await remove(ada, otp)]).toMatchObject([otp, INVALID]);
        expect(await answer(ada, 'nothing', '123456')).toMatchObject(INVALID);
      }
      await fail(ada, app, 5);
      for (let nth = 0; nth < 5; nth += 1) expect(told(await tries(ada, 'totp', wrongCode(app.code(), nth)))).toEqual(locksFor(60));
      way.app.clock.turn(60);
      await fail(ada, app, 1);
      expect(told(await tries(ada, 'totp', app.code()))).toEqual(locksFor(120));
    });

    it('are not counted by challenges that are burnt already', async () => {
      const { ada, app } = await owner();
      const challengeId = await asked(ada, 'totp');
      for (const nth of FIVE) expect(await answer(ada, challengeId, wrongCode(app.code(), nth))).toMatchObject(INVALID);
      way.app.clock.turn(60);
      for (const nth of FIVE) expect(await answer(ada, challengeId, wrongCode(app.code(), nth))).toMatchObject(INVALID);
      expect((await tries(ada, 'totp', app.next())).status).toBe(200);
    });
  },
  { env: { RATE_LIMITS: 'off' } },
);

everyWay('wrong codes and wrong passwords', (way) => {
  const signIn = (person: Person, password = person.password) => person.elsewhere().call(session.createEmailPasswordSession, { email: person.email, password });

  it('lock nobody out of the other', async () => {
    toNextWindow(way.app);
    const ada = await way.member();
    const app = await secure(ada);
    for (const nth of FIVE) expect(await tries(ada, 'totp', wrongCode(app.next(), nth))).toMatchObject(INVALID);
    expect(await tries(ada, 'totp', app.next())).toMatchObject(LOCKED);
    const phone = ada.elsewhere();
    await phone.signIn();
    expect((await ada.call(account.get)).status).toBe(200);

    for (let nth = 0; nth < 10; nth += 1) expect((await signIn(ada, 'not the password')).status).toBe(401);
    const here = () => way.stranger({ 'X-Forwarded-For': ada.headers['X-Forwarded-For'] }).call(session.createEmailPasswordSession, { email: ada.email, password: 'not the password' });
    for (let nth = 0; nth < 10; nth += 1) await here();
    expect(await here()).toMatchObject(LOCKED);
    way.app.clock.turn(60);
    expect((await tries(phone, 'totp', app.next())).status).toBe(200);
    expect((await tries(ada, 'totp', app.next())).status).toBe(200);
    expect((await phone.call(account.get)).status).toBe(200);
  });

  it('are tried against one challenge ten times an hour at the most, and challenges are asked for ten times', async () => {
    toNextWindow(way.app);
    const ada = await way.member();
    await secure(ada);
    const challengeId = await asked(ada, 'totp');
    const left = [];
    for (let nth = 0; nth < 10; nth += 1) left.push((await answer(ada, challengeId, 'no code')).headers.get('x-ratelimit-remaining'));
    expect(left).toEqual(['9', '8', '7', '6', '5', '4', '3', '2', '1', '0']);
    expect(await answer(ada, challengeId, 'no code')).toMatchObject(LOCKED);
    for (let nth = 1; nth < 10; nth += 1) await asked(ada, 'totp');
    const other = await ada.elsewhere().signIn();
    expect(await other.call(op.createMFAChallenge, { factor: 'totp' })).toMatchObject(LOCKED);
    expect((await (await way.member()).call(op.createMFAChallenge, { factor: 'totp' })).status).toBe(201);
    way.app.clock.turn(3_600);
    expect((await other.call(op.createMFAChallenge, { factor: 'totp' })).status).toBe(201);
  });
});
