import { accountOperations as account } from '../../src/modules/account';
import { sessionOperations as session } from '../../src/modules/sessions';
import { tokenOperations as token } from '../../src/modules/tokens';
import { verificationOperations as op } from '../../src/modules/verification';
import { API_KEY, DEFAULT_PROJECTS } from '../support/app';
import type { Answer, Person } from '../support/person';
import { send, toNextWindow } from '../support/raw';
import { TOKEN } from '../support/shapes';
import { everyWay } from '../support/ways';

const MOCK = { phone: '+16175550000', otp: '424242' };
const QUARTER = 15 * 60;
const [main] = DEFAULT_PROJECTS.projects;
const projects = [{ ...main, auth: { mockNumbers: [MOCK] } }, { ...main, id: 'off', auth: { phone: false } }];

everyWay(
  'phone verification',
  (way) => {
    const withNumber = async (person: Person, phone = person.phone) => {
      await person.must(account.updatePhone, { phone, password: person.password });
      return person;
    };
    const owner = async () => withNumber(await way.member());
    const ask = (person: Person) => person.call(op.createPhoneVerification);
    const asked = async (person: Person, count = 1) => {
      expect((await ask(person)).status).toBe(201);
      return { userId: person.userId, secret: await way.app.inbox.code(person.phone, count) };
    };
    const confirm = (proof: { userId: string; secret: string }, person = way.stranger()) => person.call(op.updatePhoneVerification, { userId: proof.userId, secret: proof.secret });
    const verified = async (person: Person) => (await person.must(account.get)).body.phoneVerification as boolean;
    const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');
    const bare = ({ status, type, body }: Answer) => ({ status, type, body: { ...body, requestId: '' } });
    const invalid = { status: 401, type: 'user_invalid_token' };

    it('sends an SMS whose code proves the number', async () => {
      const ada = await owner();
      const { status, body } = await ask(ada);
      expect([status, body]).toEqual([201, { ...TOKEN, userId: ada.userId }]);
      expect(Math.round((Date.parse(body.expire) - Date.parse(body.$createdAt)) / 1_000)).toBe(QUARTER);
      expect(await way.app.inbox.newest(ada.phone)).toMatchObject({ channel: 'sms', to: ada.phone, text: expect.stringMatching(/^\d{6} is your code for Test\./) as unknown });

      expect(await verified(ada)).toBe(false);
      const browser = way.stranger();
      const confirmed = await confirm({ userId: ada.userId, secret: await way.app.inbox.code(ada.phone) }, browser);
      expect([confirmed.status, confirmed.body, browser.cookies.size]).toEqual([200, body, 0]);
      expect((await ada.must(account.get)).body).toMatchObject({ phoneVerification: true, emailVerification: false });
    });

    it('needs a number, and one that is not verified already', async () => {
      const ada = await way.member();
      expect(await ask(ada)).toMatchObject({ status: 400, type: 'user_phone_not_found' });
      await confirm(await asked(await withNumber(ada)));
      expect(await ask(ada)).toMatchObject({ status: 409, type: 'user_phone_already_verified' });
      expect(await way.app.inbox.all(ada.phone)).toHaveLength(1);
    });

    it('is asked for by a user, confirmed by anyone who has the code, and by no API key', async () => {
      const ada = await owner();
      const unauthorized = { status: 401, type: 'general_unauthorized_scope' };
      expect(await ask(way.stranger())).toMatchObject(unauthorized);
      const proof = await asked(ada);
      for (const operation of [op.createPhoneVerification, op.updatePhoneVerification]) expect(await way.stranger().call(operation, { ...proof }, { 'X-Appwrite-Key': API_KEY })).toMatchObject(unauthorized);
      expect(await verified(ada)).toBe(false);
      const { jwt } = (await ada.must(account.createJWT)).body;
      expect((await way.stranger().call(op.createPhoneVerification, {}, { 'X-Appwrite-JWT': jwt })).body.secret).toBe('');
    });

    it('is refused where phones are switched off', async () => {
      const off = await (await way.stranger({ 'X-Appwrite-Project': 'off' }).signUp()).signIn();
      expect(await ask(await withNumber(off))).toMatchObject({ status: 501, type: 'user_auth_method_unsupported' });
      expect(await way.app.inbox.all(off.phone)).toEqual([]);
    });

    it('spends a code once, and the newest only', async () => {
      const ada = await owner();
      const older = await asked(ada);
      const newer = await asked(ada, 2);
      if (older.secret !== newer.secret) expect(await confirm(older)).toMatchObject(invalid);
      expect((await confirm(newer)).status).toBe(200);
      expect(await confirm(newer)).toMatchObject(invalid);
    });

    it('takes a code for a quarter of an hour and not a second more', async () => {
      const [ada, bob] = [await owner(), await owner()];
      const [early, late] = [await asked(ada), await asked(bob)];
      way.app.clock.turn(QUARTER - 30);
      expect((await confirm(early)).status).toBe(200);
      way.app.clock.turn(31);
      expect(await confirm(late)).toMatchObject(invalid);
      expect(await verified(bob)).toBe(false);
    });

    it.each([[4, 200], [5, 401]])('after %i wrong tries the right code is answered with %i', async (tries, status) => {
      const ada = await owner();
      const proof = await asked(ada);
      for (let tried = 0; tried < tries; tried += 1) expect(await confirm({ ...proof, secret: wrong(proof.secret) })).toMatchObject(invalid);
      expect((await confirm(proof)).status).toBe(status);
      expect(await verified(ada)).toBe(status === 200);
      if (status === 401) expect((await confirm(await asked(ada, 2))).status).toBe(200);
    });

    it('counts no try for what is no code', async () => {
      const proof = await asked(await owner());
      for (const secret of ['wrong', '12345', '1234567', ` ${proof.secret}`, `${proof.secret}\n`, '１２３４５６', '12e456']) expect(await confirm({ ...proof, secret })).toMatchObject(invalid);
      expect((await confirm(proof)).status).toBe(200);
    });

    it('takes a code for its own user only, and refuses wrong codes, users and kinds alike', async () => {
      const [ada, eve] = [await owner(), await owner()];
      const proof = await asked(ada);
      const login = (await eve.must(token.createPhoneToken, { userId: 'unique()', phone: ada.phone })).body.userId as string;
      const code = await way.app.inbox.code(ada.phone, 2);
      expect(login).toBe(ada.userId);
      const refusals = [await confirm({ ...proof, secret: wrong(proof.secret) }), await confirm({ ...proof, userId: eve.userId }, eve), await confirm({ ...proof, userId: 'nobody' })];
      if (code !== proof.secret) refusals.push(await confirm({ ...proof, secret: code }));
      for (const refusal of refusals) expect(bare(refusal)).toEqual(bare(refusals[0]));
      expect(refusals[0]).toMatchObject(invalid);
      expect((await confirm(proof)).status).toBe(200);
      expect([await verified(ada), await verified(eve)]).toEqual([true, false]);
      expect((await way.stranger().call(session.createSession, { userId: ada.userId, secret: code })).status).toBe(201);
    });

    it('proves no number but the one it was sent to', async () => {
      const [ada, spare] = [await owner(), way.stranger()];
      const proof = await asked(ada);
      await withNumber(ada, spare.phone);
      expect(await confirm(proof)).toMatchObject(invalid);
      expect(await verified(ada)).toBe(false);
      await confirm(await asked(Object.assign(ada, { phone: spare.phone })));
      expect(await verified(ada)).toBe(true);
      await withNumber(ada, way.stranger().phone);
      expect(await verified(ada)).toBe(false);
    });

    it('of a mock number takes its own code and sends no SMS', async () => {
      const [ada, bob] = [await way.member(), await owner()];
      await withNumber(ada, MOCK.phone);
      expect((await ask(ada)).status).toBe(201);
      expect(await confirm({ userId: ada.userId, secret: wrong(MOCK.otp) })).toMatchObject(invalid);
      expect((await confirm({ userId: ada.userId, secret: MOCK.otp })).status).toBe(200);
      expect(await verified(ada)).toBe(true);
      await asked(bob);
      expect(await way.app.inbox.all(MOCK.phone)).toEqual([]);
      // For the next transport: a number is one user's.
      await withNumber(ada, way.stranger().phone);
    });

    it('is asked for and tried ten times an hour for a user', async () => {
      toNextWindow(way.app);
      const ada = await owner();
      for (let nth = 0; nth < 10; nth += 1) expect((await ada.call(op.createPhoneVerification, {}, { 'X-Forwarded-For': way.stranger().headers['X-Forwarded-For'] })).status).toBe(201);
      const limited = { status: 429, type: 'general_rate_limit_exceeded' };
      expect(await ask(ada)).toMatchObject(limited);
      for (let nth = 0; nth < 10; nth += 1) expect(await confirm({ userId: ada.userId, secret: 'wrong' })).toMatchObject(invalid);
      expect(await confirm({ userId: ada.userId, secret: await way.app.inbox.code(ada.phone, 10) })).toMatchObject(limited);
    });

    it('has a newer path, with the same counters', async () => {
      const ada = await owner();
      const headers = { ...ada.headers, Cookie: `a_session_default=${ada.cookies.get('a_session_default')}` };
      const created = await send(way.app, '/v1/account/verifications/phone', { headers });
      expect([created.status, created.body]).toEqual([201, { ...TOKEN, userId: ada.userId }]);
      const body = { userId: ada.userId, secret: await way.app.inbox.code(ada.phone) };
      const done = await send(way.app, '/v1/account/verifications/phone', { method: 'PUT', headers, body });
      expect([done.status, await verified(ada)]).toEqual([200, true]);
      expect((await confirm(body)).headers.get('x-ratelimit-remaining')).toBe('8');
    });
  },
  { projects: { projects } },
);

everyWay(
  'in production without a provider of SMS',
  (way) => {
    it('a number is neither verified nor signed in with, and nobody is made on the way', async () => {
      const ada = await way.member();
      await ada.must(account.updatePhone, { phone: ada.phone, password: ada.password });
      const disabled = { status: 503, type: 'general_phone_disabled' };
      expect(await ada.call(op.createPhoneVerification)).toMatchObject(disabled);
      const bob = way.stranger();
      expect(await bob.call(token.createPhoneToken, { userId: bob.email.slice(4, 14), phone: bob.phone })).toMatchObject(disabled);
    });

    it('without a mail server, nobody is asked to read mail', async () => {
      const { email } = way.stranger();
      const disabled = { status: 503, type: 'general_smtp_disabled' };
      expect(await way.stranger().call(token.createEmailToken, { userId: 'unique()', email })).toMatchObject(disabled);
      expect(await way.stranger().call(token.createMagicURLToken, { userId: 'unique()', email })).toMatchObject(disabled);
      expect(await way.stranger().call(op.createRecovery, { email, url: 'http://localhost/' })).toMatchObject(disabled);
    });
  },
  { env: { NODE_ENV: 'production', BCRYPT_COST: '10' } },
);
