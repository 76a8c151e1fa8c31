import { accountOperations as account } from '../../src/modules/account';
import { mfaOperations as op } from '../../src/modules/mfa';
import { sessionOperations as session } from '../../src/modules/sessions';
import { DEFAULT_PROJECTS } from '../support/app';
import { AuthenticatorApp } from '../support/authenticator';
import type { Person } from '../support/person';
import { answer, asked, enrol, factorsOf, GATED, INVALID, prove, recoveryCodes, scan, secure, STALE, switchOn, tries, wrongCode } from '../support/second-factors';
import { SESSION, USER } from '../support/shapes';
import { everyWay } from '../support/ways';

// All fields of 25 rows are more than a document may ask for unless the project says so.
const projects = DEFAULT_PROJECTS.projects.map((project) => ({ ...project, graphql: { maxComplexity: 1_000_000 } }));

everyWay(
  'an authenticator app',
  (way) => {
    const verify = (person: Person, otp: string) => person.call(op.updateMFAAuthenticator, { type: 'totp', otp });
    const remove = (person: Person, otp?: string) => person.call(op.deleteMFAAuthenticator, { type: 'totp', ...(otp !== undefined && { otp }) });
    const current = async (person: Person) => (await person.must(session.getSession, { sessionId: 'current' })).body;
    const entries = async (person: Person) => ((await person.must(account.listLogs)).body.logs as { event: string }[]).map(({ event }) => event).filter((event) => event === 'user.update');

    it('is added by a secret of 160 bits, for typing in and as a QR code', async () => {
      const ada = await way.member();
      const { status, body } = await ada.call(op.createMFAAuthenticator, { type: 'totp' });
      expect([status, body]).toEqual([200, { secret: expect.stringMatching(/^[A-Z2-7]{32}$/) as unknown, uri: expect.any(String) as unknown }]);
      const uri = new URL(body.uri as string);
      expect([uri.protocol, uri.host, decodeURIComponent(uri.pathname)]).toEqual(['otpauth:', 'totp', `/Test:${ada.email}`]);
      expect(Object.fromEntries(uri.searchParams)).toEqual({ secret: body.secret, issuer: 'Test', algorithm: 'SHA1', digits: '6', period: '30' });
      expect(new AuthenticatorApp(body.uri as string, way.app.clock).secret).toBe(body.secret);
      expect(await entries(ada)).toEqual(['user.update']);
    });

    it('is verified by its first code, which the session has then shown', async () => {
      const ada = await way.member();
      const app = await scan(ada);
      const { status, body } = await verify(ada, app.code());
      expect([status, body]).toEqual([200, { ...USER, $id: ada.userId, email: ada.email }]);
      expect((await ada.must(account.get)).body).toEqual(body);
      expect(await current(ada)).toEqual({ ...SESSION, userId: ada.userId, current: true, factors: ['password', 'totp'] });
      expect(await entries(ada)).toHaveLength(2);
    });

    it('is verified by no other code, and then still waits for the right one', async () => {
      way.app.clock.stop();
      const ada = await way.member();
      const app = await scan(ada);
      for (const otp of [wrongCode(app.code()), app.code(-2), app.code(2), 'abcdef', '12345', '１２３４５６', ` ${app.code()}`]) expect([otp, await verify(ada, otp)]).toMatchObject([otp, INVALID]);
      expect((await current(ada)).factors).toEqual(['password']);
      expect(await factorsOf(ada)).toEqual([]);
      expect((await verify(ada, app.code())).status).toBe(200);
      expect(await factorsOf(ada)).toEqual(['totp']);
    });

    it('that was never verified neither gates nor satisfies', async () => {
      const ada = await way.member();
      const app = await scan(ada);
      await switchOn(ada);
      const phone = await ada.elsewhere().signIn();
      expect((await phone.call(account.get)).status).toBe(200);
      expect(await factorsOf(phone)).toEqual([]);
      expect(await tries(phone, 'totp', app.code())).toMatchObject(INVALID);
      expect((await current(phone)).factors).toEqual(['password']);
      expect(await remove(ada, app.code())).toMatchObject(INVALID);
      expect((await verify(ada, app.code())).status).toBe(200);
      expect(await phone.call(account.get)).toMatchObject(GATED);
    });

    it('that is added again before it is verified has another secret, and the old one is worth nothing', async () => {
      const ada = await way.member();
      const [older, newer] = [await scan(ada), await scan(ada)];
      expect(older.secret).not.toBe(newer.secret);
      expect(await verify(ada, older.code())).toMatchObject(INVALID);
      expect((await verify(ada, newer.code())).status).toBe(200);
      expect(await tries(ada, 'totp', older.next())).toMatchObject(INVALID);
      expect((await tries(ada, 'totp', newer.next())).status).toBe(200);
    });

    it('is one: a second is refused, and so is verifying twice', async () => {
      const ada = await way.member();
      expect(await verify(ada, '123456')).toMatchObject({ status: 404, type: 'user_authenticator_not_found' });
      const app = await enrol(ada);
      const twice = { status: 409, type: 'user_authenticator_already_verified' };
      expect(await ada.call(op.createMFAAuthenticator, { type: 'totp' })).toMatchObject(twice);
      expect(await verify(ada, app.next())).toMatchObject(twice);
      expect((await tries(ada, 'totp', app.next())).status).toBe(200);
    });

    it('is removed with a code, which is spent, and asked for no more', async () => {
      const ada = await way.member();
      const app = await secure(ada);
      const phone = await ada.elsewhere().signIn();
      expect(await phone.call(account.get)).toMatchObject(GATED);
      const before = (await entries(ada)).length;
      const { status, body } = await remove(ada, app.next());
      expect([status, body]).toEqual([204, '']);
      expect(await entries(ada)).toHaveLength(before + 1);
      expect((await phone.must(account.get)).body.mfa).toBe(true);
      expect(await factorsOf(phone)).toEqual([]);
      expect(await tries(phone, 'totp', app.next())).toMatchObject(INVALID);
      expect(await remove(ada, app.next())).toMatchObject({ status: 404, type: 'user_authenticator_not_found' });
      await enrol(ada);
      expect(await phone.call(account.get)).toMatchObject(GATED);
    });

    it('is removed with a recovery code, which is spent', async () => {
      const ada = await way.member();
      const app = await secure(ada);
      const [code, ...others] = await recoveryCodes(ada);
      expect((await remove(ada, code)).status).toBe(204);
      const again = await enrol(ada);
      expect(await remove(ada, code)).toMatchObject(INVALID);
      expect(await remove(ada, app.next())).toMatchObject(INVALID);
      await prove(ada, again);
      expect((await ada.must(op.getMFARecoveryCodes)).body.recoveryCodes).toEqual(others);
    });

    it('is removed after a recent challenge, and without anything not at all', async () => {
      const ada = await way.member();
      const app = await secure(ada);
      expect(await remove(ada)).toMatchObject(STALE);
      await prove(ada, app);
      way.app.clock.stop();
      way.app.clock.turn(1_800);
      expect(await remove(ada)).toMatchObject(STALE);
      await prove(ada, app);
      way.app.clock.turn(1_799);
      expect((await remove(ada)).status).toBe(204);
    });

    it('is not removed by what is wrong, nor by what was spent', async () => {
      const [ada, bob] = [await way.member(), await way.member()];
      const app = await secure(ada);
      const theirs = await enrol(bob);
      const [code] = await recoveryCodes(bob);
      const used = app.next();
      expect((await tries(ada, 'totp', used)).status).toBe(200);
      way.app.clock.turn(1_800);
      for (const otp of [used, wrongCode(app.next()), theirs.next(), code]) expect(await remove(ada, otp)).toMatchObject(INVALID);
      expect(await factorsOf(ada)).toEqual(['totp']);
      expect(await remove(await way.member())).toMatchObject({ status: 404, type: 'user_authenticator_not_found' });
    });

    it('is added, and removed with a code, by a JWT too; verifying is the session’s', async () => {
      const ada = await way.member();
      const server = way.stranger({ 'X-Appwrite-JWT': (await ada.must(account.createJWT)).body.jwt as string });
      const app = await scan(server);
      expect(await verify(server, app.code())).toMatchObject({ status: 404, type: 'user_session_not_found' });
      await verify(ada, app.next());
      expect((await remove(server, app.next())).status).toBe(204);
      expect(await answer(ada, await asked(ada, 'totp'), app.next())).toMatchObject(INVALID);
    });
  },
  { projects: { projects }, env: { RATE_LIMITS: 'off' } },
);
