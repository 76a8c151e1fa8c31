import { accountOperations as account } from '../../src/modules/account';
import { sessionOperations as session } from '../../src/modules/sessions';
import { API_KEY } from '../support/app';
import type { Operation } from '../../src/contract/operation';
import { everyWay } from '../support/ways';

const keys = [{ name: 'server', secret: API_KEY, scopes: ['sessions.write'] }];
const project = (id: string, auth: object = {}, services: object = {}) => ({ id, platforms: ['localhost'], keys, auth, services });
const projects = [
  project('default'),
  // Engines have a database each, transports share it.
  project('small-rest', { limit: 2 }),
  project('small-graphql', { limit: 2 }),
  project('personal', { personalDataCheck: true }),
  project('no-password', { emailPassword: false }),
  project('no-jwt', { jwt: false }),
  project('two-sessions', { maxSessions: 2 }),
  project('any-sessions', { maxSessions: 0 }),
  project('short', { sessionDuration: 60 }),
  project('no-account', {}, { account: false }),
  project('no-rest', {}, { rest: false }),
  project('no-graphql', {}, { graphql: false }),
];

everyWay(
  'a project',
  (way) => {
    const stranger = (id: string, headers = {}) => way.stranger({ 'X-Appwrite-Project': id, ...headers });
    const member = async (id: string) => (await stranger(id).signUp()).signIn();
    const elsewhere = (person: Awaited<ReturnType<typeof member>>, id: string) => Object.assign(stranger(id), { email: person.email, password: person.password, userId: person.userId });
    const create = (id: string, input = {}, headers = {}) => {
      const { email, password } = way.stranger();
      return stranger(id, headers).call(account.create, { userId: 'unique()', email, password, ...input });
    };

    it('may limit the number of its users, for servers too', async () => {
      const id = `small-${way.transport}`;
      expect([(await create(id)).status, (await create(id)).status]).toEqual([201, 201]);
      expect(await create(id)).toMatchObject({ status: 400, type: 'user_count_exceeded' });
      expect(await create(id, {}, { 'X-Appwrite-Key': API_KEY })).toMatchObject({ status: 400, type: 'user_count_exceeded' });
      expect((await create('default')).status).toBe(201);
    });

    it('may refuse passwords that hold what is known of their user', async () => {
      const number = way.stranger().email.slice(4, 14);
      const known = { userId: `id.${number}`, email: `lovelace.${number}@mail.example`, name: 'Countess' };
      for (const password of [`id.${number} and more`, `X${known.email}`, `my LOVELACE.${number}!`, 'the countess of x']) {
        expect(await create('personal', { ...known, password })).toMatchObject({ status: 400, type: 'user_password_personal_data' });
        expect((await create('default', { name: 'Countess', password })).status).toBe(201);
      }
      expect((await create('personal', { ...known, password: 'something else' })).status).toBe(201);
    });

    it('refuses no password for data that nobody gave', async () => {
      expect((await create('personal', { password: 'unique() is not my id' })).status).toBe(201);
    });

    it('may switch off sign-in by password, but not for its servers', async () => {
      const off = { status: 501, type: 'user_auth_method_unsupported', body: { message: 'Email / Password authentication is disabled for this project' } };
      const ada = way.stranger();
      expect(await create('no-password')).toMatchObject(off);
      expect((await create('no-password', { email: ada.email, password: ada.password }, { 'X-Appwrite-Key': API_KEY })).status).toBe(201);
      const login = { email: ada.email, password: ada.password };
      expect(await stranger('no-password').call(session.createEmailPasswordSession, login)).toMatchObject(off);
      expect((await stranger('no-password', { 'X-Appwrite-Key': API_KEY }).call(session.createEmailPasswordSession, login)).status).toBe(201);
    });

    it('may switch off JWTs', async () => {
      expect(await (await member('no-jwt')).call(account.createJWT)).toMatchObject({ status: 501, type: 'user_auth_method_unsupported', body: { message: 'JWT authentication is disabled for this project' } });
    });

    it('decides how many sessions a user may have', async () => {
      const ada = await member('two-sessions');
      const [second, third] = [elsewhere(ada, 'two-sessions'), elsewhere(ada, 'two-sessions')];
      await second.signIn();
      expect((await ada.call(account.get)).status).toBe(200);
      await third.signIn();
      expect([(await ada.call(account.get)).status, (await second.call(account.get)).status]).toEqual([401, 200]);
      expect((await third.must(session.listSessions)).body.total).toBe(2);

      const bob = await member('any-sessions');
      for (let device = 1; device < 12; device += 1) await elsewhere(bob, 'any-sessions').signIn();
      expect((await bob.must(session.listSessions)).body.total).toBe(12);
    });

    it('decides how long a session lives', async () => {
      const ada = await member('short');
      const { body } = await ada.must(session.getSession, { sessionId: 'current' });
      expect(Date.parse(body.expire) - Date.parse(body.$createdAt)).toBe(60_000);
      way.app.clock.turn(61);
      expect((await ada.call(account.get)).status).toBe(401);
    });

    it('keeps its users to itself', async () => {
      const ada = await member('default');
      expect((await create('short', { email: ada.email, userId: ada.userId })).status).toBe(201);
      expect(await stranger('any-sessions').call(session.createEmailPasswordSession, { email: ada.email, password: ada.password })).toMatchObject({ status: 401, type: 'user_invalid_credentials' });
    });

    it('may switch off the whole service, but not for its servers', async () => {
      const off = { status: 403, type: 'general_service_disabled' };
      expect(await create('no-account')).toMatchObject(off);
      expect(await stranger('no-account').call(account.get)).toMatchObject(off);
      expect((await create('no-account', {}, { 'X-Appwrite-Key': API_KEY })).status).toBe(201);
    });

    it('may switch off one of its two interfaces, but not for its servers', async () => {
      const off = { status: 403, type: 'general_api_disabled' };
      const [mine, other] = way.transport === 'rest' ? ['no-rest', 'no-graphql'] : ['no-graphql', 'no-rest'];
      expect(await create(mine)).toMatchObject(off);
      expect((await create(mine, {}, { 'X-Appwrite-Key': API_KEY })).status).toBe(201);
      expect((await create(other)).status).toBe(201);
    });
  },
  { projects: { projects }, env: { RATE_LIMITS: 'off' } },
);

everyWay(
  'in production',
  (way) => {
    it('a server without a mail server says so instead of losing mails', async () => {
      const { verificationOperations } = await import('../../src/modules/verification');
      const ask: Operation = verificationOperations.createEmailVerification;
      expect(await (await way.member()).call(ask, { url: 'http://localhost/' })).toMatchObject({ status: 503, type: 'general_smtp_disabled' });
    });

    it('there is no development mailbox', async () => {
      expect((await fetch(`${way.app.url}/dev/mailbox/messages`)).status).toBe(404);
      expect((await fetch(`${way.app.url}/dev/confirm`)).status).toBe(404);
    });
  },
  { env: { NODE_ENV: 'production', BCRYPT_COST: '10' } },
);
