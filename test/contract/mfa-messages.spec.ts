import { accountOperations as account } from '../../src/modules/account';
import { Database } from '../../src/infra/database/database';
import { UserEntity } from '../../src/modules/users';
import { mfaOperations as op } from '../../src/modules/mfa';
import { sessionOperations as session } from '../../src/modules/sessions';
import { DEFAULT_PROJECTS, PROJECT } from '../support/app';
import type { Person } from '../support/person';
import { addPhone, answer, asked, type FactorName, INVALID, verifyEmail, verifyPhone, wrongCode } from '../support/second-factors';
import { everyWay, type Way } from '../support/ways';

const MOCKS = { rest: { phone: '+16175550000', otp: '424242' }, graphql: { phone: '+16175550001', otp: '242424' } };
const [main] = DEFAULT_PROJECTS.projects;
const projects = [{ ...main, auth: { mockNumbers: Object.values(MOCKS) } }];

const ask = (person: Person, factor: FactorName) => person.call(op.createMFAChallenge, { factor });
const events = async (person: Person) => ((await person.must(account.listLogs, { queries: ['{"method":"limit","values":[5]}'] })).body.logs as { event: string }[]).map(({ event }) => event);
/** Past the product, since without a mail server nobody can be verified through it. */
const markVerified = async ({ app }: Way, { userId }: Person) => {
  const database = app.nest.get(Database);
  await database.transaction(() => database.writer.update(UserEntity, { projectId: PROJECT, id: userId }, { emailVerified: true, phoneVerified: true }));
};

everyWay(
  'the code of a challenge',
  (way) => {
    it('goes out by e-mail, with who asked and how long it holds', async () => {
      const ada = await way.member();
      await verifyEmail(ada);
      const { body } = await ask(ada, 'email');
      const message = await way.app.inbox.newest(ada.email, 2);
      expect(message).toMatchObject({ channel: 'email', to: ada.email });
      expect(message.text).toMatch(/^\d{6}$/m);
      expect(message.text).toContain('Hello Ada');
      expect((await answer(ada, body.$id, /^\d{6}$/m.exec(message.text)![0])).status).toBe(200);
      expect(await way.app.inbox.all(ada.email)).toHaveLength(2);
    });

    it('goes out by SMS', async () => {
      const ada = await way.member();
      await verifyPhone(ada);
      await ask(ada, 'phone');
      expect(await way.app.inbox.newest(ada.phone, 2)).toMatchObject({ channel: 'sms', to: ada.phone, text: expect.stringMatching(/^\d{6} /) as unknown });
    });

    it('goes nowhere where it comes from an app or from paper', async () => {
      const ada = await way.member();
      await verifyEmail(ada);
      expect([(await ask(ada, 'totp')).status, (await ask(ada, 'recoveryCode')).status]).toEqual([201, 201]);
      await ask(ada, 'email');
      await way.app.inbox.newest(ada.email, 2);
      expect(await way.app.inbox.all(ada.email)).toHaveLength(2);
    });

    it('is agreed beforehand for a mock number, and then nothing is sent', async () => {
      const mock = MOCKS[way.transport];
      const ada = Object.assign(await way.member(), { phone: mock.phone });
      await addPhone(ada);
      await markVerified(way, ada);
      const challengeId = await asked(ada, 'phone');
      expect(await answer(ada, challengeId, wrongCode(mock.otp))).toMatchObject(INVALID);
      expect((await answer(ada, challengeId, mock.otp)).body.factors).toEqual(['password', 'phone']);
      expect(await way.app.inbox.all(mock.phone)).toEqual([]);
    });

    it('needs an address, and one that was verified', async () => {
      const ada = way.stranger();
      await ada.must(session.createAnonymousSession);
      expect(await ask(ada, 'email')).toMatchObject({ status: 400, type: 'user_email_not_found' });
      expect(await ask(ada, 'phone')).toMatchObject({ status: 400, type: 'user_phone_not_found' });
      await ada.must(account.updateEmail, { email: ada.email, password: ada.password });
      await addPhone(ada);
      expect(await ask(ada, 'email')).toMatchObject({ status: 400, type: 'user_email_not_verified' });
      expect(await ask(ada, 'phone')).toMatchObject({ status: 400, type: 'user_phone_not_verified' });
      expect([await way.app.inbox.all(ada.email), await way.app.inbox.all(ada.phone)]).toEqual([[], []]);
      expect(await events(ada)).not.toContain('challenge.create');
    });

    it('is another every time, and of six digits', async () => {
      const ada = await way.member();
      await verifyEmail(ada);
      const codes: string[] = [];
      for (let nth = 0; nth < 5; nth += 1) {
        await ask(ada, 'email');
        codes.push(await way.app.inbox.code(ada.email, 2 + nth));
      }
      expect(new Set(codes).size).toBeGreaterThan(3);
    });
  },
  { projects: { projects } },
);

everyWay(
  'in production without a mail server and without SMS, a challenge',
  (way) => {
    it('by message is refused, and one by app or paper is not', async () => {
      const ada = await way.member();
      for (const verified of [false, true]) {
        if (verified) await markVerified(way, ada);
        expect(await ask(ada, 'email')).toMatchObject({ status: 503, type: 'general_smtp_disabled' });
        expect(await ask(ada, 'phone')).toMatchObject({ status: 503, type: 'general_phone_disabled' });
      }
      expect([(await ask(ada, 'totp')).status, (await ask(ada, 'recoveryCode')).status]).toEqual([201, 201]);
    });
  },
  { env: { NODE_ENV: 'production', BCRYPT_COST: '10' } },
);
