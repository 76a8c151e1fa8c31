import { accountOperations as account } from '../../src/modules/account';
import { mfaOperations as op } from '../../src/modules/mfa';
import { sessionOperations as session } from '../../src/modules/sessions';
import { DEFAULT_PROJECTS } from '../support/app';
import type { Person } from '../support/person';
import { answer, asked, enrol, type FactorName, GATED, INVALID, LOCKED, recoveryCodes, secure, switchOn, tries, verifyEmail, verifyPhone, wrongCode } from '../support/second-factors';
import { CHALLENGE, DATETIME, SESSION } from '../support/shapes';
import { everyWay } from '../support/ways';

const QUARTER = 15 * 60;
// All fields of 25 rows are more than a document may ask for unless the project says so.
const projects = DEFAULT_PROJECTS.projects.map((project) => ({ ...project, graphql: { maxComplexity: 1_000_000 } }));

everyWay(
  'a challenge',
  (way) => {
    interface Kind {
      factor: FactorName;
      /** Gives the person the factor. @returns how its next code is come by, and the newest after so many messages */
      hold(person: Person): Promise<(sent?: number) => Promise<string>>;
    }
    const KINDS: Kind[] = [
      {
        factor: 'totp',
        hold: async (person) => {
          const app = await enrol(person);
          return async () => app.next();
        },
      },
      {
        factor: 'email',
        hold: async (person) => {
          await verifyEmail(person);
          return (sent = 1) => way.app.inbox.code(person.email, 1 + sent);
        },
      },
      {
        factor: 'phone',
        hold: async (person) => {
          await verifyPhone(person);
          return (sent = 1) => way.app.inbox.code(person.phone, 1 + sent);
        },
      },
      {
        factor: 'recoveryCode',
        hold: async (person) => {
          // Paper alone asks for nothing: it stands in for what was lost.
          await enrol(person);
          const codes = await recoveryCodes(person);
          return async () => codes.shift()!;
        },
      },
    ];
    const SENT = KINDS.filter(({ factor }) => factor === 'email' || factor === 'phone');
    const current = async (person: Person) => (await person.must(session.getSession, { sessionId: 'current' })).body;
    const events = async (person: Person) => ((await person.must(account.listLogs)).body.logs as { event: string }[]).map(({ event }) => event).filter((event) => event.startsWith('challenge'));
    /** Somebody with a factor, and a session that owes it. */
    const owing = async ({ hold }: Kind) => {
      const ada = await way.member();
      const code = await hold(ada);
      await switchOn(ada);
      const phone = await ada.elsewhere().signIn();
      expect(await phone.call(account.get)).toMatchObject(GATED);
      return { ada, phone, code };
    };

    it.each(KINDS)('of $factor is answered once, and opens its session', async (kind) => {
      const { ada, phone, code } = await owing(kind);
      const before = (await events(ada)).length;
      const created = await phone.call(op.createMFAChallenge, { factor: kind.factor });
      expect([created.status, created.body]).toEqual([201, { ...CHALLENGE, userId: ada.userId }]);
      expect(Math.round((Date.parse(created.body.expire) - Date.parse(created.body.$createdAt)) / 1_000)).toBe(QUARTER);
      expect(await phone.call(account.get)).toMatchObject(GATED);

      const otp = await code();
      const { status, body } = await answer(phone, created.body.$id, otp);
      expect([status, body]).toEqual([200, { ...SESSION, userId: ada.userId, current: true, factors: ['password', kind.factor], mfaUpdatedAt: expect.stringMatching(DATETIME) as unknown }]);
      expect(Math.abs(Date.parse(body.mfaUpdatedAt) - way.app.clock.now().getTime())).toBeLessThan(10_000);
      expect(await current(phone)).toEqual(body);
      expect((await phone.call(account.get)).status).toBe(200);
      expect((await events(ada)).slice(0, -before || undefined).sort()).toEqual(['challenge.create', 'challenges.update']);
      expect(await answer(phone, created.body.$id, otp)).toMatchObject(INVALID);
      expect(await answer(phone, created.body.$id, await code())).toMatchObject(INVALID);
    });

    it.each(KINDS)('of $factor lives for 15 minutes', async (kind) => {
      const { phone, code } = await owing(kind);
      way.app.clock.stop();
      /** Asks, and has the right code in hand so many seconds later. */
      const waited = async (seconds: number, sent: number) => {
        const challengeId = await asked(phone, kind.factor);
        // An app's code is read at the end, since it has a shorter life of its own.
        const byApp = kind.factor === 'totp';
        const sentCode = byApp ? '' : await code(sent);
        way.app.clock.turn(byApp ? seconds - 30 : seconds);
        return answer(phone, challengeId, byApp ? await code() : sentCode);
      };
      expect(await waited(QUARTER, 1)).toMatchObject(INVALID);
      expect(await phone.call(account.get)).toMatchObject(GATED);
      expect((await waited(QUARTER - 1, 2)).status).toBe(200);
    });

    it.each(KINDS)('of $factor is replaced by a newer one of the session', async (kind) => {
      const { phone, code } = await owing(kind);
      const older = await asked(phone, kind.factor);
      const first = await code();
      const newer = await asked(phone, kind.factor);
      const second = await code(2);
      expect(await answer(phone, older, second)).toMatchObject(INVALID);
      expect(await answer(phone, older, first)).toMatchObject(INVALID);
      expect((await answer(phone, newer, second)).status).toBe(200);
    });

    it('stands beside one of another factor, and beside one of another session', async () => {
      const { ada, phone, code } = await owing(KINDS[0]);
      await verifyEmail(ada);
      const [byMail, byApp] = [await asked(phone, 'email'), await asked(phone, 'totp')];
      const theirs = await way.app.inbox.code(ada.email, 2);
      const mine = await asked(ada, 'email');
      const own = await way.app.inbox.code(ada.email, 3);
      expect((await answer(phone, byMail, theirs)).status).toBe(200);
      expect((await answer(phone, byApp, await code())).status).toBe(200);
      expect((await answer(ada, mine, own)).status).toBe(200);
      expect((await current(phone)).factors).toEqual(['password', 'email', 'totp']);
    });

    it.each(KINDS)('of $factor is answered by nobody else and from no other session', async (kind) => {
      const { ada, phone, code } = await owing(kind);
      const bob = await way.member();
      await secure(bob);
      const third = await ada.elsewhere().signIn();
      const challengeId = await asked(phone, kind.factor);
      const otp = await code();
      const before = { phone: (await current(ada)).factors, bob: await current(bob) };
      for (const other of [bob, ada, third]) expect(await answer(other, challengeId, otp)).toMatchObject(INVALID);
      expect((await current(ada)).factors).toEqual(before.phone);
      expect(await current(bob)).toEqual(before.bob);
      for (const person of [third, phone]) expect(await person.call(account.get)).toMatchObject(GATED);
      expect((await answer(phone, challengeId, otp)).status).toBe(200);
      expect(await third.call(account.get)).toMatchObject(GATED);
    });

    it('is not answered by the code of another factor', async () => {
      const { ada, phone, code } = await owing(KINDS[0]);
      await verifyEmail(ada);
      const [byApp, byMail] = [await asked(phone, 'totp'), await asked(phone, 'email')];
      const mailed = await way.app.inbox.code(ada.email, 2);
      const [paper] = await recoveryCodes(ada);
      expect(await answer(phone, byApp, mailed)).toMatchObject(INVALID);
      expect(await answer(phone, byMail, await code())).toMatchObject(INVALID);
      expect(await answer(phone, byApp, paper)).toMatchObject(INVALID);
      expect(await phone.call(account.get)).toMatchObject(GATED);
      expect((await answer(phone, byMail, mailed)).status).toBe(200);
    });

    it.each(KINDS)('of $factor is burnt by five wrong codes', async (kind) => {
      const { phone, code } = await owing(kind);
      const challengeId = await asked(phone, kind.factor);
      const otp = await code();
      const off = (nth: number) => (kind.factor === 'recoveryCode' ? `${nth}`.repeat(10) : wrongCode(otp, nth));
      for (let nth = 0; nth < 5; nth += 1) expect(await answer(phone, challengeId, off(nth))).toMatchObject(INVALID);
      expect(await answer(phone, challengeId, otp)).toMatchObject(LOCKED);
      way.app.clock.turn(61);
      expect(await answer(phone, challengeId, kind.factor === 'totp' ? await code() : otp)).toMatchObject(INVALID);
      const again = await asked(phone, kind.factor);
      expect((await answer(phone, again, kind.factor === 'recoveryCode' ? otp : await code(2))).status).toBe(200);
    });

    it.each(SENT)('of $factor proves the address it went to, and no later one', async ({ factor, hold }) => {
      const ada = await way.member();
      const code = await hold(ada);
      const challengeId = await asked(ada, factor);
      const otp = await code();
      const moved = Object.assign(ada.elsewhere(), { email: `new.${ada.email}`, phone: `${ada.phone}9`, cookies: ada.cookies });
      await ada.must(factor === 'email' ? account.updateEmail : account.updatePhone, { [factor]: moved[factor as 'email'], password: ada.password });
      expect(await answer(ada, challengeId, otp)).toMatchObject(INVALID);
      await (factor === 'email' ? verifyEmail : verifyPhone)(moved);
      expect(await answer(ada, challengeId, otp)).toMatchObject(INVALID);
      expect((await current(ada)).factors).toEqual(['password']);
    });

    it('of nobody’s is answered like a wrong code', async () => {
      const { phone } = await owing(KINDS[0]);
      expect(await answer(phone, 'nothing', '123456')).toMatchObject(INVALID);
      expect(await tries(phone, 'recoveryCode', '0123456789')).toMatchObject(INVALID);
    });

    it('is for factors by either spelling', async () => {
      const { phone } = await owing(KINDS[3]);
      for (const factor of ['recoveryCode', 'recoverycode', 'TOTP', 'totp']) expect([factor, (await phone.call(op.createMFAChallenge, { factor })).status]).toEqual([factor, 201]);
    });
  },
  { projects: { projects }, env: { RATE_LIMITS: 'off' } },
);
