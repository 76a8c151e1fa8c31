import { randomBytes } from 'node:crypto';
import { OPERATIONS } from '../../src/app.module';
import { FakeProvider } from '../oauth/fake-provider';
import { API_KEY, DEFAULT_PROJECTS, type Engine, startApp, type TestApp } from '../support/app';
import { Person } from '../support/person';
import { Browser } from './browser';
import { oauth2Steps } from './oauth2';
import { secondFactorSteps } from './second-factors';
import { type Client, Program, type Refusal, SDKS, sessionSecret, WAITING } from './sdks';

/** Everybody here comes from one address. */
const LIMITED = [
  'create',
  'updatePassword',
  'createAnonymousSession',
  'updateSession',
  'deleteSession',
  'deleteSessions',
  'createEmailToken',
  'createMagicURLToken',
  'createPhoneToken',
  'createRecovery',
  'createPhoneVerification',
  'createOAuth2Session',
  'createOAuth2Token',
];
const limits = Object.fromEntries(LIMITED.map((name) => [name, 10_000]));
const projectsWith = (fake: FakeProvider) => ({ projects: DEFAULT_PROJECTS.projects.map((project) => ({ ...project, limits, oauth: { discord: fake.registration('discord') } })) });
const PAGE = 'http://localhost:8080';
const ENGINES: Engine[] = ['sqlite', 'mysql'];

it('waits for no method that the server serves', () => {
  expect(OPERATIONS.filter(({ name }) => WAITING.has(name.toLowerCase()))).toEqual([]);
});

describe.each(ENGINES)('SDKs on %s', (engine) => {
  let app: TestApp;
  let fake: FakeProvider;
  beforeAll(async () => {
    fake = await FakeProvider.start();
    app = await startApp(engine, projectsWith(fake));
  });
  afterAll(async () => {
    await app?.stop();
    await fake?.stop();
  });

  describe.each(SDKS)('$name, $form', (sdk) => {
    const person = { email: '', password: 'a long password', name: 'Ada' };
    let phone: string;
    let program: Program;
    let browser: Browser | undefined;
    /** Somebody signed in, as far as the steps have come. */
    let client: Client;
    let userId: string;

    beforeAll(() => {
      program = new Program(sdk, app);
    });
    beforeEach(async () => {
      if (sdk.platform === 'web') browser = new Browser({ origin: PAGE }).open();
      person.email = newEmail();
      ({ phone } = new Person(app, 'rest'));
      const visitor = guest();
      const user = await program.account(visitor, 'create', { userId: program.package.ID.unique(), ...person });
      userId = user.$id as string;
      client = await signIn(visitor);
    });
    afterEach(() => {
      app.clock.back();
      browser?.close();
    });

    /** Nobody yet: a page without cookies, or a server with its key. */
    function guest(): Client {
      browser?.jar.removeAllCookiesSync();
      return sdk.platform === 'web' ? program.client() : program.client().setKey(API_KEY);
    }
    /** A page keeps its cookie; a server hands the secret on. */
    const signedIn = (visitor: Client, { secret }: { secret: string }) => (sdk.platform === 'web' ? visitor : program.client().setSession(secret));
    async function signIn(visitor: Client, credentials = {}): Promise<Client> {
      return signedIn(visitor, await program.account(visitor, 'createEmailPasswordSession', { email: person.email, password: person.password, ...credentials }));
    }
    const newEmail = () => `ada.${randomBytes(5).toString('hex')}@example.com`;
    const refused = (call: Promise<unknown>) => call.then(() => Promise.reject(new Error('was not refused')), (error: unknown) => error as Refusal);

    it('creates an account and signs in', async () => {
      const user = await program.account(client, 'get');
      expect(user).toMatchObject({ $id: userId, email: person.email, name: 'Ada', emailVerification: false, status: true, labels: [], mfa: false });
      expect(user.targets).toMatchObject([{ providerType: 'email', identifier: person.email, userId }]);
    });

    it('changes the name', async () => {
      expect(await program.account(client, 'updateName', { name: 'Grace' })).toMatchObject({ $id: userId, name: 'Grace' });
    });

    it('changes the e-mail address', async () => {
      const email = newEmail();
      expect(await program.account(client, 'updateEmail', { email, password: person.password })).toMatchObject({ $id: userId, email, emailVerification: false });
      expect(await program.account(await signIn(guest(), { email }), 'get')).toMatchObject({ $id: userId, email });
    });

    it('changes the phone number and verifies it', async () => {
      expect(await program.account(client, 'updatePhone', { phone, password: person.password })).toMatchObject({ $id: userId, phone, phoneVerification: false });
      const token = await program.account(client, 'createPhoneVerification');
      expect(token).toMatchObject({ userId, secret: '' });
      const secret = await app.inbox.code(phone);
      expect(await program.account(client, 'updatePhoneVerification', { userId, secret })).toMatchObject({ $id: token.$id, userId });
      expect(await program.account(client, 'get')).toMatchObject({ phone, phoneVerification: true });
      expect(await refused(program.account(client, 'updatePhoneVerification', { userId, secret }))).toMatchObject({ code: 401, type: 'user_invalid_token' });
    });

    it('changes the password', async () => {
      const password = 'a longer password';
      expect(await refused(program.account(client, 'updatePassword', { password, oldPassword: 'not the password' }))).toMatchObject({ code: 401, type: 'user_invalid_credentials' });
      expect(await program.account(client, 'updatePassword', { password, oldPassword: person.password })).toMatchObject({ $id: userId });
      expect(await refused(signIn(guest()))).toMatchObject({ code: 401, type: 'user_invalid_credentials' });
      expect(await program.account(await signIn(guest(), { password }), 'get')).toMatchObject({ $id: userId });
    });

    it('recovers from a forgotten password', async () => {
      const token = await program.account(guest(), 'createRecovery', { email: person.email, url: `${PAGE}/recover` });
      expect(token).toMatchObject({ userId });
      const { secret, href, ...link } = await app.inbox.link(person.email);
      expect(link.userId).toBe(userId);
      expect(href).toMatch(`${PAGE}/recover?`);
      const password = 'a longer password';
      expect(await program.account(guest(), 'updateRecovery', { userId, secret, password })).toMatchObject({ $id: token.$id, userId });
      expect(await program.account(await signIn(guest(), { password }), 'get')).toMatchObject({ $id: userId });
      expect(await refused(program.account(guest(), 'updateRecovery', { userId, secret, password }))).toMatchObject({ code: 401, type: 'user_invalid_token' });
    });

    it('blocks itself', async () => {
      expect(await program.account(client, 'updateStatus')).toMatchObject({ $id: userId, status: false });
      expect((await refused(program.account(client, 'get'))).code).toBe(401);
      expect(await refused(signIn(guest()))).toMatchObject({ code: 401, type: 'user_blocked' });
    });

    it('lists identities and misses one', async () => {
      expect(await program.account(client, 'listIdentities')).toEqual({ total: 0, identities: [] });
      expect(await program.account(client, 'listIdentities', { queries: [program.package.Query.limit(1)] })).toEqual({ total: 0, identities: [] });
      const error = await refused(program.account(client, 'deleteIdentity', { identityId: 'nosuch' }));
      expect(error).toBeInstanceOf(program.package.AppwriteException);
      expect(error).toMatchObject({ code: 404, type: 'user_identity_not_found' });
    });

    it('lists logs', async () => {
      const { total, logs } = await program.account(client, 'listLogs');
      expect(total).toBe(2);
      expect(logs).toMatchObject(['session.create', 'user.create'].map((event) => ({ event, userId, userEmail: person.email })));
      expect(await program.account(client, 'listLogs', { queries: [program.package.Query.limit(1)] })).toEqual({ total: 2, logs: [logs[0]] });
    });

    it('keeps preferences', async () => {
      expect(await program.account(client, 'getPrefs')).toEqual({});
      const prefs = { theme: 'dark', list: [1, 'two'], nested: { deep: true } };
      expect(await program.account(client, 'updatePrefs', { prefs })).toMatchObject({ $id: userId, prefs });
      expect(await program.account(client, 'getPrefs')).toEqual(prefs);
    });

    it('lists, gets and deletes sessions', async () => {
      await sessionSecret(app, person);
      const { total, sessions } = await program.account(client, 'listSessions');
      expect(total).toBe(2);
      const current = await program.account(client, 'getSession', { sessionId: 'current' });
      expect(current).toMatchObject({ userId, provider: 'email', providerUid: person.email, current: true, factors: ['password'] });
      const other = sessions.find(({ $id }: { $id: string }) => $id !== current.$id);
      expect(other.current).toBe(false);
      expect(await program.account(client, 'getSession', { sessionId: other.$id })).toMatchObject({ $id: other.$id });

      await program.account(client, 'deleteSession', { sessionId: other.$id });
      expect(await program.account(client, 'listSessions')).toMatchObject({ total: 1 });
      await program.account(client, 'deleteSession', { sessionId: 'current' });
      expect((await refused(program.account(client, 'get'))).code).toBe(401);
    });

    it('signs out everywhere', async () => {
      const secret = await sessionSecret(app, person);
      await program.account(client, 'deleteSessions');
      expect((await refused(program.account(client, 'get'))).code).toBe(401);
      expect((await refused(program.account(program.client().setSession(secret), 'get'))).code).toBe(401);
    });

    it('extends a session', async () => {
      const before = await program.account(client, 'getSession', { sessionId: 'current' });
      app.clock.turn(60);
      const { $id, expire } = await program.account(client, 'updateSession', { sessionId: 'current' });
      expect($id).toBe(before.$id);
      expect(Date.parse(expire as string)).toBeGreaterThanOrEqual(Date.parse(before.expire as string) + 60_000);
    });

    it('stays anonymous until it gets an address', async () => {
      const visitor = guest();
      const session = await program.account(visitor, 'createAnonymousSession');
      expect(session).toMatchObject({ provider: 'anonymous', factors: ['anonymous'] });
      const nobody = signedIn(visitor, session);
      expect(await program.account(nobody, 'get')).toMatchObject({ $id: session.userId, email: '', name: '' });

      const email = newEmail();
      expect(await program.account(nobody, 'updateEmail', { email, password: person.password })).toMatchObject({ $id: session.userId, email });
      expect(await program.account(await signIn(guest(), { email }), 'get')).toMatchObject({ $id: session.userId });
    });

    /** Whoever asks for a secret is told it if it is a server; a page is not. */
    const told = (secret: string) => (sdk.platform === 'web' ? '' : secret);

    it('signs in by a code from the mail', async () => {
      const visitor = guest();
      const token = await program.account(visitor, 'createEmailToken', { userId: program.package.ID.unique(), email: person.email, phrase: true });
      const secret = await app.inbox.code(person.email);
      expect(token).toMatchObject({ userId, secret: told(secret), phrase: expect.stringMatching(/./) });
      expect((await app.inbox.newest(person.email)).text).toContain(token.phrase);
      const session = await program.account(visitor, 'createSession', { userId, secret });
      expect(session).toMatchObject({ userId, factors: ['email'] });
      expect(await program.account(signedIn(visitor, session), 'get')).toMatchObject({ $id: userId, emailVerification: true });
    });

    it('signs in by a magic link, as somebody new', async () => {
      const visitor = guest();
      const email = newEmail();
      const id = program.package.ID.unique();
      const token = await program.account(visitor, 'createMagicURLToken', { userId: id, email, url: `${PAGE}/magic`, phrase: true });
      const { href, userId: linked, secret } = await app.inbox.link(email);
      expect(href).toMatch(`${PAGE}/magic?`);
      expect(token).toMatchObject({ userId: id, secret: told(secret), phrase: expect.stringMatching(/./) });
      const session = await program.account(visitor, 'updateMagicURLSession', { userId: linked, secret });
      expect(session).toMatchObject({ userId: id, provider: 'magic-url', providerUid: email });
      expect(await program.account(signedIn(visitor, session), 'get')).toMatchObject({ $id: id, email, emailVerification: true });
      expect(await refused(program.account(guest(), 'updateMagicURLSession', { userId: id, secret }))).toMatchObject({ code: 401, type: 'user_invalid_token' });
    });

    it('signs in by a code from an SMS, as somebody new', async () => {
      const visitor = guest();
      const id = program.package.ID.unique();
      const token = await program.account(visitor, 'createPhoneToken', { userId: id, phone });
      const secret = await app.inbox.code(phone);
      expect(token).toMatchObject({ userId: id, secret: told(secret) });
      const session = await program.account(visitor, 'updatePhoneSession', { userId: id, secret });
      expect(session).toMatchObject({ userId: id, provider: 'phone', providerUid: phone });
      expect(await program.account(signedIn(visitor, session), 'get')).toMatchObject({ $id: id, phone, phoneVerification: true });
    });

    if (sdk.platform === 'web') {
      it('registers, changes and forgets a device', async () => {
        const targetId = program.package.ID.unique();
        const device = { $id: targetId, userId, providerType: 'push' };
        expect(await program.account(client, 'createPushTarget', { targetId, identifier: 'first' })).toMatchObject({ ...device, identifier: 'first' });
        expect(await program.account(client, 'updatePushTarget', { targetId, identifier: 'second' })).toMatchObject({ ...device, identifier: 'second' });
        await program.account(client, 'deletePushTarget', { targetId });
        expect(await refused(program.account(client, 'deletePushTarget', { targetId }))).toMatchObject({ code: 404, type: 'user_target_not_found' });
      });
    }

    it('speaks by a JWT', async () => {
      const { jwt } = await program.account(client, 'createJWT');
      browser?.jar.removeAllCookiesSync();
      const bearer = program.client().setJWT(jwt as string);
      expect(await program.account(bearer, 'get')).toMatchObject({ $id: userId });
      expect(await program.account(bearer, 'updateName', { name: 'Grace' })).toMatchObject({ name: 'Grace' });
    });

    if (sdk.modern) {
      it('gives a JWT the lifetime asked for', async () => {
        const { jwt } = await program.account(client, 'createJWT', { duration: 60 });
        const { iat, exp } = JSON.parse(Buffer.from((jwt as string).split('.')[1], 'base64url').toString()) as { iat: number; exp: number };
        expect(exp - iat).toBe(60);
      });

      it('spares the counting', async () => {
        expect(await program.account(client, 'listIdentities', { queries: [], total: false })).toEqual({ total: 0, identities: [] });
        expect(await program.account(client, 'listLogs', { queries: [], total: false })).toMatchObject({ total: 0, logs: [{ userId }, { userId }] });
      });

      it('pings', async () => {
        expect(await program.client().ping()).toMatchObject({ message: 'Pong!' });
      });
    }

    it.each(sdk.modern ? ['Verification', 'EmailVerification'] : ['Verification'])('verifies the e-mail address by create%s', async (name) => {
      const token = await program.account(client, `create${name}`, { url: `${PAGE}/verify` });
      expect(token).toMatchObject({ userId, secret: '', phrase: '' });
      const { secret, href } = await app.inbox.link(person.email);
      expect(href).toMatch(`${PAGE}/verify?`);

      browser?.jar.removeAllCookiesSync();
      expect(await program.account(program.client(), `update${name}`, { userId, secret })).toMatchObject({ $id: token.$id, userId });
      expect(await program.account(await signIn(guest()), 'get')).toMatchObject({ emailVerification: true });
      expect(await refused(program.account(program.client(), `update${name}`, { userId, secret }))).toMatchObject({ code: 401, type: 'user_invalid_token' });
    });

    it('renders on a server by setSession', async () => {
      const secret = await sessionSecret(app, person);
      browser?.close();
      const rendered = program.client().setSession(secret);
      expect(await program.account(rendered, 'get')).toMatchObject({ $id: userId });
      expect(await program.account(rendered, 'getSession', { sessionId: 'current' })).toMatchObject({ userId, current: true });
    });

    it('throws what the server said', async () => {
      const error = await refused(program.account(client, 'getSession', { sessionId: 'nosuch' }));
      expect(error).toBeInstanceOf(program.package.AppwriteException);
      expect(error).toMatchObject({ name: 'AppwriteException', message: 'No such session.', code: 404, type: 'user_session_not_found' });
      // Newer SDKs keep the text, older ones what it says.
      const response = (typeof error.response === 'string' ? JSON.parse(error.response) : error.response) as object;
      expect(response).toMatchObject({ message: 'No such session.', code: 404, type: 'user_session_not_found', version: expect.any(String) });
    });

    it('queries GraphQL by one object', async () => {
      const answer = await program.graphql(client, 'query', { query: '{ accountGet { _id email prefs { data } } }' });
      expect(answer).toEqual({ data: { accountGet: { _id: userId, email: person.email, prefs: { data: '{}' } } } });
    });

    it('mutates by GraphQL', async () => {
      const answer = await program.graphql(client, 'mutation', { query: 'mutation { accountUpdateName(name: "Grace") { name } }' });
      expect(answer).toEqual({ data: { accountUpdateName: { name: 'Grace' } } });
    });

    it('sends a batch', async () => {
      const answers = await program.graphql(client, 'mutation', [
        { query: 'mutation ($name: String!) { accountUpdateName(name: $name) { name } }', variables: { name: 'Grace' } },
        { query: '{ accountListSessions { total sessions { userId } } }' },
      ]);
      expect(answers).toEqual([
        { data: { accountUpdateName: { name: 'Grace' } } },
        { data: { accountListSessions: { total: 1, sessions: [{ userId }] } } },
      ]);
    });

    it('hears of GraphQL errors in the answer', async () => {
      const answer = await program.graphql(client, 'query', { query: '{ accountGetSession(sessionId: "nosuch") { _id } }' });
      expect(answer.errors).toMatchObject([{ message: 'No such session.', extensions: { type: 'user_session_not_found', code: 404 } }]);
    });

    describe.each(sdk.modern ? ['Mfa', 'MFA'] : ['Mfa'])('second factors, spelt %s', (mfa) =>
      secondFactorSteps(mfa, {
        get app() {
          return app;
        },
        get program() {
          return program;
        },
        get client() {
          return client;
        },
        get userId() {
          return userId;
        },
        get email() {
          return person.email;
        },
        get phone() {
          return phone;
        },
        password: person.password,
        signIn: () => signIn(guest()),
        refused,
      }),
    );

    describe('a provider', () =>
      oauth2Steps(sdk.platform, {
        get program() {
          return program;
        },
        get fake() {
          return fake;
        },
        get browser() {
          return browser;
        },
        guest,
        signedIn,
        refused,
      }));

    // The last step: it looks back at the others.
    it('has called every method of Account that the server serves', () => {
      expect([...program.tried].sort()).toEqual(program.served.sort());
    });
  });
});
