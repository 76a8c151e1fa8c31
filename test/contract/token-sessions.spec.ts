import { Database } from '../../src/infra/database/database';
import { accountOperations as account } from '../../src/modules/account';
import { sessionOperations as op } from '../../src/modules/sessions';
import { tokenOperations as token } from '../../src/modules/tokens';
import { UserEntity } from '../../src/modules/users';
import { verificationOperations as verification } from '../../src/modules/verification';
import { API_KEY, DEFAULT_PROJECTS, PROJECT } from '../support/app';
import type { Answer, Person } from '../support/person';
import { toNextWindow } from '../support/raw';
import { SESSION } from '../support/shapes';
import { everyWay } from '../support/ways';

const ROUTES = [op.createSession, op.updateMagicURLSession, op.updatePhoneSession];
const [main] = DEFAULT_PROJECTS.projects;
const projects = [main, { ...main, id: 'off', auth: { anonymous: false } }, { ...main, id: 'full', auth: { limit: 1 } }];

everyWay(
  'sessions by tokens',
  (way) => {
    interface Sent {
      userId: string;
      secret: string;
    }
    interface Kind {
      name: string;
      send(person: Person): Promise<Sent>;
      shown: { provider: string; factors: string[] };
      marks: 'emailVerification' | 'phoneVerification';
      address(person: Person): string;
    }
    const byMail = { factors: ['email'], marks: 'emailVerification' as const, address: (person: Person) => person.email };
    const ask = async (person: Person, operation: typeof token.createEmailToken) => (await person.must(operation, { userId: 'unique()', email: person.email, phone: person.phone })).body.userId as string;
    const KINDS: Kind[] = [
      { name: 'a code by e-mail', ...byMail, shown: { provider: 'token', factors: ['email'] }, send: async (person) => ({ userId: await ask(person, token.createEmailToken), secret: await way.app.inbox.code(person.email) }) },
      { name: 'a magic link', ...byMail, shown: { provider: 'magic-url', factors: ['email'] }, send: async (person) => ({ userId: await ask(person, token.createMagicURLToken), secret: (await way.app.inbox.link(person.email)).secret }) },
      { name: 'a code by SMS', marks: 'phoneVerification', address: ({ phone }) => phone, shown: { provider: 'phone', factors: ['phone'] }, send: async (person) => ({ userId: await ask(person, token.createPhoneToken), secret: await way.app.inbox.code(person.phone) }) },
    ];
    const invalid = { status: 401, type: 'user_invalid_token' };
    const limited = { status: 429, type: 'general_rate_limit_exceeded' };
    const bare = ({ status, body, headers }: Answer) => ({ status, body: { ...body, requestId: '' }, headers: [...headers.keys()].filter((name) => name !== 'date') });
    const setStatus = (id: string, status: boolean) => {
      const database = way.app.nest.get(Database);
      return database.transaction(() => database.writer.update(UserEntity, { projectId: PROJECT, id }, { status }));
    };

    describe.each(KINDS)('$name', ({ send, shown, marks, address }) => {
      it.each(ROUTES)('opens a session on $name, and marks as verified what it was sent to', async (route) => {
        const ada = way.stranger();
        const { userId, secret } = await send(ada);
        const { status, body, headers } = await ada.call(route, { userId, secret });
        expect([status, body]).toEqual([201, { ...SESSION, ...shown, userId, providerUid: address(ada), current: true }]);
        expect(headers.getSetCookie()).not.toEqual([]);
        const marked = { emailVerification: false, phoneVerification: false, [marks]: true };
        expect((await ada.must(account.get)).body).toMatchObject({ $id: userId, ...marked });
        expect((await ada.must(op.getSession, { sessionId: 'current' })).body).toEqual(body);
      });

      it('of one who is blocked opens none, tells him so, and is not spent by that', async () => {
        const ada = way.stranger();
        const { userId, secret } = await send(ada);
        await setStatus(userId, false);
        for (const route of ROUTES) {
          const refused = await ada.call(route, { userId, secret });
          expect(refused).toMatchObject({ status: 401, type: 'user_blocked' });
          expect(refused.headers.getSetCookie()).toEqual([]);
        }
        expect(await ada.call(op.createSession, { userId, secret: 'wrong' })).toMatchObject(invalid);
        await setStatus(userId, true);
        await ada.must(op.createSession, { userId, secret });
        expect((await ada.must(op.listSessions)).body.total).toBe(1);
      });

      it('opens none for one who is in already, and is not spent by that', async () => {
        const [ada, bob] = [way.stranger(), await way.member()];
        const sent = await send(ada);
        for (const route of ROUTES) expect(await bob.call(route, { ...sent })).toMatchObject({ status: 401, type: 'user_session_already_exists' });
        await ada.must(op.createSession, { ...sent });
      });

      it('opens a session for a server with a key, which is told its secret', async () => {
        const ada = way.stranger();
        const { body } = await way.stranger({ 'X-Appwrite-Key': API_KEY }).must(op.createSession, { ...(await send(ada)) });
        expect((await way.stranger({ 'X-Appwrite-Session': body.secret as string }).must(account.get)).body.$id).toBe(body.userId);
      });
    });

    it('are not opened by secrets of another purpose, which stay good for their own', async () => {
      const ada = await way.member();
      await ada.must(account.updatePhone, { phone: ada.phone, password: ada.password });
      await ada.must(verification.createEmailVerification, { url: 'http://localhost/' });
      await ada.must(verification.createPhoneVerification);
      const { userId, secret: proof } = await way.app.inbox.link(ada.email);
      const code = await way.app.inbox.code(ada.phone);
      await way.stranger().must(verification.createRecovery, { email: ada.email, url: 'http://localhost/' });
      const { secret: recovery } = await way.app.inbox.link(ada.email, 2);
      for (const secret of [proof, code, recovery]) {
        for (const route of ROUTES) expect(await way.stranger().call(route, { userId, secret })).toMatchObject(invalid);
      }
      expect((await ada.must(op.listSessions)).body.total).toBe(1);
      await ada.must(verification.updateEmailVerification, { userId, secret: proof });
      await ada.must(verification.updatePhoneVerification, { userId, secret: code });
      await ada.must(verification.updateRecovery, { userId, secret: recovery, password: 'another password' });
    });

    it('are refused for an unknown user as for a wrong secret', async () => {
      const { userId } = await KINDS[0].send(way.stranger());
      for (const route of ROUTES) {
        const [wrong, unknown, malformed] = await Promise.all([{ userId, secret: 'wrong' }, { userId: 'nobody', secret: 'wrong' }, { userId: 'unique()', secret: '000000' }].map((tried) => way.stranger().call(route, tried)));
        expect(wrong).toMatchObject(invalid);
        expect([bare(unknown), bare(malformed)]).toEqual([bare(wrong), bare(wrong)]);
      }
    });

    it('prove only the address that the user still has', async () => {
      const ada = await way.member();
      const sent = await KINDS[1].send(ada);
      await ada.must(account.updateEmail, { email: `new.${ada.email}`, password: ada.password });
      expect(await way.stranger().call(op.createSession, { ...sent })).toMatchObject(invalid);
      expect((await ada.must(account.get)).body.emailVerification).toBe(false);
    });

    it('are tried ten times an hour for each user and address, on the three routes together', async () => {
      toNextWindow(way.app);
      const [ada, userId] = [way.stranger(), `nobody-${way.transport}`];
      for (let tries = 0; tries < 10; tries += 1) {
        const { status, headers } = await ada.call(ROUTES[tries % 3], { userId, secret: 'wrong' });
        expect([status, headers.get('x-ratelimit-limit'), headers.get('x-ratelimit-remaining')]).toEqual([401, '10', String(9 - tries)]);
      }
      for (const route of ROUTES) expect(await ada.call(route, { userId, secret: 'wrong' })).toMatchObject(limited);
      expect(await ada.call(op.createSession, { userId: 'somebody.else', secret: 'wrong' })).toMatchObject(invalid);
      expect(await way.stranger().call(op.createSession, { userId, secret: 'wrong' })).toMatchObject(invalid);
      way.app.clock.turn(3_600);
      expect(await ada.call(op.createSession, { userId, secret: 'wrong' })).toMatchObject(invalid);
    });

    it.each([{ route: op.createSession, left: 10 }, { route: op.updateMagicURLSession, left: 10 }, { route: op.updatePhoneSession, left: 0 }])('leave $left tries after a success on $route.name', async ({ route, left }) => {
      toNextWindow(way.app);
      const ada = way.stranger();
      const { userId, secret } = await KINDS[1].send(ada);
      // Another device behind the same address: the one with the session may not try again.
      const wrong = (nth: number) => way.stranger({ 'X-Forwarded-For': ada.headers['X-Forwarded-For'] }).call(ROUTES[nth % 3], { userId, secret: 'wrong' });
      for (let tries = 0; tries < 9; tries += 1) expect(await wrong(tries)).toMatchObject(invalid);
      await ada.must(route, { userId, secret });
      for (let tries = 0; tries < left; tries += 1) expect(await wrong(tries)).toMatchObject(invalid);
      expect(await wrong(0)).toMatchObject(limited);
    });

    it('of nobody in particular may become somebody’s', async () => {
      const ada = way.stranger();
      const { status, body } = await ada.call(op.createAnonymousSession);
      expect([status, body]).toEqual([201, { ...SESSION, provider: 'anonymous', providerUid: '', factors: ['anonymous'], current: true }]);
      const before = (await ada.must(account.get)).body;
      expect(before).toMatchObject({ $id: body.userId, name: '', email: '', phone: '', passwordUpdate: '', emailVerification: false, targets: [] });
      expect(await ada.call(op.createAnonymousSession)).toMatchObject({ status: 401, type: 'user_session_already_exists' });
      expect(await way.stranger().call(op.createEmailPasswordSession, { email: ada.email, password: ada.password })).toMatchObject({ status: 401, type: 'user_invalid_credentials' });

      const { body: upgraded } = await ada.must(account.updateEmail, { email: ada.email, password: ada.password });
      expect(upgraded).toMatchObject({ $id: body.userId, email: ada.email, emailVerification: false, targets: [{ providerType: 'email', identifier: ada.email }] });
      expect(upgraded.passwordUpdate).not.toBe('');
      expect((await ada.must(account.get)).body).toEqual(upgraded);
      const elsewhere = await ada.elsewhere().signIn();
      expect((await elsewhere.must(account.get)).body.$id).toBe(body.userId);
      expect(await ada.call(account.updateEmail, { email: `new.${ada.email}`, password: 'not the password' })).toMatchObject({ status: 401, type: 'user_invalid_credentials' });
    });

    it('of nobody in particular do not take an address that is somebody’s', async () => {
      const [ada, bob] = [await way.member(), way.stranger()];
      await bob.must(op.createAnonymousSession);
      expect(await bob.call(account.updateEmail, { email: ada.email, password: bob.password })).toMatchObject({ status: 400, type: 'general_bad_request' });
      expect((await bob.must(account.get)).body).toMatchObject({ email: '', passwordUpdate: '' });
    });

    it('of nobody in particular are refused where they are switched off, and where no user may be added', async () => {
      const off = () => way.stranger({ 'X-Appwrite-Project': 'off' });
      expect(await off().call(op.createAnonymousSession)).toMatchObject({ status: 501, type: 'user_auth_method_unsupported' });
      expect((await off().call(op.createAnonymousSession, {}, { 'X-Appwrite-Key': API_KEY })).status).toBe(201);
      const full = () => way.stranger({ 'X-Appwrite-Project': 'full' }).call(op.createAnonymousSession);
      await full();
      expect(await full()).toMatchObject({ status: 400, type: 'user_count_exceeded' });
    });
  },
  { projects: { projects } },
);
