import { accountOperations as account } from '../../src/modules/account';
import { mfaOperations as op } from '../../src/modules/mfa';
import { sessionOperations as session } from '../../src/modules/sessions';
import { DEFAULT_PROJECTS } from '../support/app';
import type { Person } from '../support/person';
import { addPhone, enrol, GATED, prove, recoveryCodes, scan, secure, STALE, switchOn, verifyEmail, verifyPhone } from '../support/second-factors';
import { USER } from '../support/shapes';
import { everyWay } from '../support/ways';

// All fields of 25 rows are more than a document may ask for unless the project says so.
const projects = DEFAULT_PROJECTS.projects.map((project) => ({ ...project, graphql: { maxComplexity: 1_000_000 } }));

everyWay(
  'multi-factor authentication',
  (way) => {
    const turn = (person: Person, mfa: boolean) => person.call(op.updateMFA, { mfa });
    const current = async (person: Person) => (await person.must(session.getSession, { sessionId: 'current' })).body;
    const entries = async (person: Person) => ((await person.must(account.listLogs)).body.logs as { event: string }[]).filter(({ event }) => event === 'user.update').length;

    it('is switched on and off by one who has no factor, without any challenge', async () => {
      const ada = await way.member();
      const { status, body } = await turn(ada, true);
      expect([status, body]).toEqual([200, { ...USER, $id: ada.userId, email: ada.email, mfa: true }]);
      expect((await ada.must(account.get)).body).toEqual(body);
      expect((await current(ada)).factors).toEqual(['password']);
      expect((await (await ada.elsewhere().signIn()).must(account.get)).body.mfa).toBe(true);
      expect((await turn(ada, false)).body.mfa).toBe(false);
      expect(await entries(ada)).toBe(2);
    });

    it('changes nothing when it is what it is', async () => {
      const ada = await way.member();
      expect((await turn(ada, false)).body.mfa).toBe(false);
      await turn(ada, true);
      const before = await current(ada);
      await enrol(ada);
      await verifyEmail(ada);
      // Else switching it on once more would be a way past the challenge.
      expect((await turn(ada, true)).body.mfa).toBe(true);
      expect((await current(ada)).factors).toEqual([...before.factors, 'totp']);
    });

    it('gives what the user holds to the session that switches it on, and to no other', async () => {
      const ada = await way.member();
      const phone = await ada.elsewhere().signIn();
      await verifyEmail(ada);
      await verifyPhone(ada);
      await switchOn(ada);
      expect(await current(ada)).toMatchObject({ factors: ['password', 'email', 'phone'], mfaUpdatedAt: '' });
      const { body } = await ada.must(session.listSessions);
      const other = (body.sessions as Record<string, any>[]).find((each) => !each.current)!;
      expect(other).toMatchObject({ factors: ['password'], mfaUpdatedAt: '' });
      expect(await phone.call(account.get)).toMatchObject(GATED);
      expect(await (await ada.elsewhere().signIn()).call(account.get)).toMatchObject(GATED);
      expect((await ada.call(account.get)).status).toBe(200);
    });

    it('is switched off only after a recent challenge where there is a factor to ask for', async () => {
      const ada = await way.member();
      const app = await secure(ada);
      way.app.clock.stop();
      expect(await turn(ada, false)).toMatchObject(STALE);
      await prove(ada, app);
      way.app.clock.turn(1_800);
      expect(await turn(ada, false)).toMatchObject(STALE);
      expect((await ada.must(account.get)).body.mfa).toBe(true);
      await prove(ada, app);
      way.app.clock.turn(1_799);
      expect((await turn(ada, false)).body.mfa).toBe(false);
      expect((await (await ada.elsewhere().signIn()).call(account.get)).status).toBe(200);
    });

    it('asks for the challenge whatever the factor is', async () => {
      for (const hold of [verifyEmail, verifyPhone, enrol]) {
        const ada = await way.member();
        await switchOn(ada);
        await hold(ada);
        // A verified address is a factor that the session, which began with a password, has yet to show.
        expect([hold.name, (await turn(ada, false)).type]).toEqual([hold.name, hold === enrol ? STALE.type : GATED.type]);
      }
    });

    it('lists the factors that can be asked for', async () => {
      const ada = await way.member();
      const list = async () => (await ada.must(op.listMFAFactors)).body;
      const none = { totp: false, phone: false, email: false, recoveryCode: false };
      const { status, body } = await ada.call(op.listMFAFactors);
      expect([status, body]).toEqual([200, none]);
      await addPhone(ada);
      await scan(ada);
      expect(await list()).toEqual(none);
      await recoveryCodes(ada);
      expect(await list()).toEqual({ ...none, recoveryCode: true });
      await verifyEmail(ada);
      expect(await list()).toEqual({ ...none, recoveryCode: true, email: true });
      await verifyPhone(ada);
      expect(await list()).toEqual({ ...none, recoveryCode: true, email: true, phone: true });
      await enrol(ada);
      expect(await list()).toEqual({ totp: true, phone: true, email: true, recoveryCode: true });
      await ada.must(account.updateEmail, { email: `new.${ada.email}`, password: ada.password });
      expect((await list()).email).toBe(false);
    });

    it('lists them to a session that owes one, too', async () => {
      const ada = await way.member();
      await secure(ada);
      expect((await (await ada.elsewhere().signIn()).must(op.listMFAFactors)).body).toEqual({ totp: true, phone: false, email: false, recoveryCode: false });
    });
  },
  { projects: { projects } },
);
