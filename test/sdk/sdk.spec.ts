import { randomBytes } from 'node:crypto';
import { API_KEY, DEFAULT_PROJECTS, type Engine, startApp, type TestApp } from '../support/app';
import { Browser } from './browser';
import { type Client, Program, SDKS, sessionSecret } from './sdks';

/** Everybody here comes from one address. */
const PROJECTS = { projects: DEFAULT_PROJECTS.projects.map((project) => ({ ...project, limits: { create: 10_000, deleteSession: 10_000, deleteSessions: 10_000 } })) };
const PAGE = 'http://localhost:8080';
const ENGINES: Engine[] = ['sqlite', 'mysql'];

describe.each(ENGINES)('SDKs on %s', (engine) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp(engine, PROJECTS);
  });
  afterAll(() => app?.stop());

  describe.each(SDKS)('$name, $form', (sdk) => {
    const person = { email: '', password: 'a long password', name: 'Ada' };
    let program: Program;
    let browser: Browser | undefined;
    /** Somebody signed in, as far as the steps have come. */
    let client: Client;
    let userId: string;

    beforeEach(async () => {
      program = new Program(sdk, app);
      if (sdk.platform === 'web') browser = new Browser({ origin: PAGE }).open();
      person.email = `ada.${randomBytes(5).toString('hex')}@example.com`;
      const guest = sdk.platform === 'web' ? program.client() : program.client().setKey(API_KEY);
      const user = await program.account(guest, 'create', { userId: program.package.ID.unique(), ...person });
      userId = user.$id as string;
      client = await signIn(guest);
    });
    afterEach(() => browser?.close());

    /** A page keeps its cookie; a server hands the secret on. */
    async function signIn(guest: Client): Promise<Client> {
      const { secret } = await program.account(guest, 'createEmailPasswordSession', { email: person.email, password: person.password });
      return sdk.platform === 'web' ? guest : program.client().setSession(secret as string);
    }
    const refused = (call: Promise<unknown>) => call.then(() => Promise.reject(new Error('was not refused')), (error: unknown) => error as InstanceType<Program['package']['AppwriteException']>);

    it('creates an account and signs in', async () => {
      const user = await program.account(client, 'get');
      expect(user).toMatchObject({ $id: userId, email: person.email, name: 'Ada', emailVerification: false, status: true, labels: [], mfa: false });
      expect(user.targets).toMatchObject([{ providerType: 'email', identifier: person.email, userId }]);
    });

    it('changes the name', async () => {
      expect(await program.account(client, 'updateName', { name: 'Grace' })).toMatchObject({ $id: userId, name: 'Grace' });
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
      const guest = program.client();
      expect(await program.account(guest, `update${name}`, { userId, secret })).toMatchObject({ $id: token.$id, userId });
      expect(await program.account(await signIn(sdk.platform === 'web' ? guest : program.client().setKey(API_KEY)), 'get')).toMatchObject({ emailVerification: true });
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
  });
});
