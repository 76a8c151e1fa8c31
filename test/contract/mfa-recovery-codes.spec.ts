import { accountOperations as account } from '../../src/modules/account';
import { mfaOperations as op } from '../../src/modules/mfa';
import { DEFAULT_PROJECTS } from '../support/app';
import type { Person } from '../support/person';
import { answer, asked, enrol, factorsOf, GATED, INVALID, prove, recoveryCodes, secure, STALE, tries } from '../support/second-factors';
import { everyWay } from '../support/ways';

const RECENT = 1_800;
const SIX: unknown = expect.arrayContaining(Array(6).fill(expect.stringMatching(/^[0-9a-f]{10}$/)));
// All fields of 25 rows are more than a document may ask for unless the project says so.
const projects = DEFAULT_PROJECTS.projects.map((project) => ({ ...project, graphql: { maxComplexity: 1_000_000 } }));

everyWay(
  'recovery codes',
  (way) => {
    const list = (person: Person) => person.call(op.getMFARecoveryCodes);
    const listed = async (person: Person) => (await person.must(op.getMFARecoveryCodes)).body.recoveryCodes as string[];
    const replace = (person: Person) => person.call(op.updateMFARecoveryCodes);
    const entries = async (person: Person) => ((await person.must(account.listLogs)).body.logs as { event: string }[]).filter(({ event }) => event === 'user.update').length;
    const absent = { status: 404, type: 'user_recovery_codes_not_found' };
    const owner = async () => {
      const ada = await way.member();
      const app = await secure(ada);
      return { ada, app, codes: await recoveryCodes(ada) };
    };

    it('are six, of ten characters, each another, and made once', async () => {
      const ada = await way.member();
      const { status, body } = await ada.call(op.createMFARecoveryCodes);
      expect([status, Object.keys(body)]).toEqual([201, ['recoveryCodes']]);
      const codes = body.recoveryCodes as string[];
      expect(codes).toEqual(SIX);
      expect([codes.length, new Set(codes).size]).toEqual([6, 6]);
      expect(await entries(ada)).toBe(1);
      expect(await ada.call(op.createMFARecoveryCodes)).toMatchObject({ status: 409, type: 'user_recovery_codes_already_exists' });
      expect(await entries(ada)).toBe(1);
      expect(await recoveryCodes(await way.member())).not.toEqual(codes);
    });

    it('are read again after a recent challenge, as they were made', async () => {
      const { ada, app, codes } = await owner();
      way.app.clock.stop();
      expect(await list(ada)).toMatchObject(STALE);
      await prove(ada, app);
      const { status, body } = await list(ada);
      expect([status, body]).toEqual([200, { recoveryCodes: codes }]);
      way.app.clock.turn(RECENT - 1);
      expect(await listed(ada)).toEqual(codes);
      way.app.clock.turn(1);
      expect(await list(ada)).toMatchObject(STALE);
    });

    it('are replaced after a recent challenge, and the old are worth nothing', async () => {
      const { ada, app, codes } = await owner();
      way.app.clock.stop();
      expect(await replace(ada)).toMatchObject(STALE);
      await prove(ada, app);
      way.app.clock.turn(RECENT);
      expect(await replace(ada)).toMatchObject(STALE);
      expect((await tries(ada, 'recoveryCode', codes[0])).status).toBe(200);
      way.app.clock.turn(RECENT - 1);
      const before = await entries(ada);
      const { status, body } = await replace(ada);
      expect([status, body, body.recoveryCodes.length]).toEqual([200, { recoveryCodes: SIX }, 6]);
      expect(await entries(ada)).toBe(before + 1);
      const fresh = body.recoveryCodes as string[];
      expect(fresh.filter((code) => codes.includes(code))).toEqual([]);
      expect(await listed(ada)).toEqual(fresh);
      for (const code of codes.slice(1, 4)) expect(await tries(ada, 'recoveryCode', code)).toMatchObject(INVALID);
      expect((await tries(ada, 'recoveryCode', fresh[3])).status).toBe(200);
      expect(await listed(ada)).toEqual(fresh.filter((_, index) => index !== 3));
    });

    it('count as recent for the session that was challenged only', async () => {
      const { ada, app, codes } = await owner();
      const phone = await ada.elsewhere().signIn();
      await prove(phone, app);
      expect(await listed(phone)).toEqual(codes);
      for (const use of [list, replace]) expect(await use(ada)).toMatchObject(STALE);
    });

    it('stand in for a lost factor, once each, and vanish from the list', async () => {
      const { ada, codes } = await owner();
      for (const code of codes) {
        const phone = await ada.elsewhere().signIn();
        expect(await phone.call(account.get)).toMatchObject(GATED);
        const { status, body } = await tries(phone, 'recoveryCode', code);
        expect([status, body.factors]).toEqual([200, ['password', 'recoveryCode']]);
        expect((await phone.call(account.get)).status).toBe(200);
        const left = codes.slice(codes.indexOf(code) + 1);
        if (left.length) expect(await listed(phone)).toEqual(left);
        expect(await tries(await ada.elsewhere().signIn(), 'recoveryCode', code)).toMatchObject(INVALID);
      }
    });

    it('are none once all are spent, and then made anew', async () => {
      const { ada, app, codes } = await owner();
      for (const code of codes) {
        expect(await factorsOf(ada)).toContain('recoveryCode');
        expect((await tries(ada, 'recoveryCode', code)).status).toBe(200);
      }
      expect(await factorsOf(ada)).toEqual(['totp']);
      for (const use of [list, replace]) expect(await use(ada)).toMatchObject(absent);
      const fresh = await recoveryCodes(ada);
      expect(fresh.filter((code) => codes.includes(code))).toEqual([]);
      expect(await tries(ada, 'recoveryCode', codes[0])).toMatchObject(INVALID);
      await prove(ada, app);
      expect(await listed(ada)).toEqual(fresh);
    });

    it('are neither read nor replaced where there are none', async () => {
      const ada = await way.member();
      await prove(ada, await enrol(ada));
      for (const use of [list, replace]) expect(await use(ada)).toMatchObject(absent);
    });

    it('are taken as people copy them from paper', async () => {
      const { ada, codes } = await owner();
      const spelt = [(code: string) => code.toUpperCase(), (code: string) => ` ${code} `, (code: string) => `${code.slice(0, 5)} ${code.slice(5)}`, (code: string) => `${code.slice(0, 5)}-${code.slice(5).toUpperCase()}`, (code: string) => [...code].join(' ')];
      for (const [index, spell] of spelt.entries()) expect([spell(codes[index]), (await tries(ada, 'recoveryCode', spell(codes[index]))).status]).toEqual([spell(codes[index]), 200]);
      expect(await listed(ada)).toEqual([codes[5]]);
    });

    it('are their own user’s', async () => {
      const [{ codes }, { ada: bob }] = [await owner(), await owner()];
      expect(await tries(bob, 'recoveryCode', codes[0])).toMatchObject(INVALID);
      expect(await bob.call(op.deleteMFAAuthenticator, { type: 'totp', otp: codes[1] })).toMatchObject(INVALID);
      expect(await answer(bob, await asked(bob, 'totp'), codes[2])).toMatchObject(INVALID);
    });
  },
  { projects: { projects }, env: { RATE_LIMITS: 'off' } },
);
