import { accountOperations as account } from '../../src/modules/account';
import { sessionOperations as session } from '../../src/modules/sessions';
import { Person, type SendHeaders } from '../support/person';
import { cookiesOf, send } from '../support/raw';
import { everyWay } from '../support/ways';

const KEY = 'lk_key_with_sessions_write';
const NARROW = 'lk_key_without_sessions_write';
const BRIEF = 'lk_key_that_expires_in_an_hour';
const key = (secret: string, scopes: string[], expire: string | null = null) => ({ name: secret, secret, scopes, expire });
const projects = [
  { id: 'default', platforms: ['localhost'], keys: [key(KEY, ['sessions.write']), key(NARROW, ['users.read']), key(BRIEF, ['sessions.write'], new Date(Date.now() + 3_600_000).toISOString())] },
  { id: 'Other', platforms: ['localhost'], keys: [key('lk_key_of_another_project', ['sessions.write'])] },
];
const NAME = 'a_session_default';

everyWay(
  'credentials',
  (way) => {
    const guest = { status: 401, type: 'general_unauthorized_scope' };
    const valueOf = (person: Person) => decodeURIComponent(person.cookies.get(NAME)!);
    const whoIs = (headers: SendHeaders) => way.stranger(headers).call(account.get);

    it.each<[string, (value: string) => SendHeaders]>([
      ['the cookie', (value) => ({ Cookie: `${NAME}=${encodeURIComponent(value)}` })],
      ['the cookie as it is, not encoded', (value) => ({ Cookie: `${NAME}=${value}` })],
      ['the legacy cookie', (value) => ({ Cookie: `${NAME}_legacy=${encodeURIComponent(value)}` })],
      ['the cookie among others', (value) => ({ Cookie: `theme=dark; ${NAME}=${encodeURIComponent(value)}; a_session_other=x` })],
      ['X-Appwrite-Session', (value) => ({ 'X-Appwrite-Session': value })],
      ['X-Fallback-Cookies', (value) => ({ 'X-Fallback-Cookies': JSON.stringify({ [NAME]: value }) })],
      ['X-Appwrite-Session beside an empty list of fallback cookies', (value) => ({ 'X-Appwrite-Session': value, 'X-Fallback-Cookies': '[]' })],
      ['a cookie beside garbage fallback cookies', (value) => ({ Cookie: `${NAME}=${value}`, 'X-Fallback-Cookies': '{"' })],
      ['X-Appwrite-Session beside a cookie that holds no session', (value) => ({ Cookie: `${NAME}=deleted`, 'X-Appwrite-Session': value })],
      ['X-Fallback-Cookies beside an empty cookie', (value) => ({ Cookie: `${NAME}=; ${NAME}_legacy=`, 'X-Fallback-Cookies': JSON.stringify({ [NAME]: value }) })],
    ])('a session may come in %s', async (_, carried) => {
      const ada = await way.member();
      expect((await whoIs(carried(valueOf(ada)))).body.$id).toBe(ada.userId);
    });

    it('the first carrier decides whose session it is', async () => {
      const [ada, bob] = [await way.member(), await way.member()];
      const headers = { Cookie: `${NAME}=${valueOf(ada)}; ${NAME}_legacy=${valueOf(bob)}`, 'X-Appwrite-Session': valueOf(bob), 'X-Fallback-Cookies': JSON.stringify({ [NAME]: valueOf(bob) }) };
      expect((await whoIs(headers)).body.$id).toBe(ada.userId);
    });

    it('a session is nobody’s when its value was changed, is another’s or is no value at all', async () => {
      const [ada, bob] = [await way.member(), await way.member()];
      const { secret } = JSON.parse(Buffer.from(valueOf(ada), 'base64').toString()) as { secret: string };
      const wrap = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64');
      const values = [wrap({ id: bob.userId, secret }), wrap({ id: ada.userId, secret: 'wrong' }), wrap({ id: ada.userId }), wrap({ secret }), wrap({ id: [ada.userId], secret: [secret] }), wrap({ id: { $ne: '' }, secret: { $ne: '' } }), wrap(null), wrap([]), secret, '%E0%A4%A', 'garbage', 'x'.repeat(5_000)];
      for (const value of values) {
        expect(await whoIs({ 'X-Appwrite-Session': value })).toMatchObject(guest);
        expect(await whoIs({ Cookie: `${NAME}=${value}` })).toMatchObject(guest);
        expect(await whoIs({ 'X-Fallback-Cookies': JSON.stringify({ [NAME]: value }) })).toMatchObject(guest);
      }
      expect((await whoIs({ 'X-Appwrite-Session': wrap({ id: ada.userId, secret }) })).status).toBe(200);
    });

    it.each(['[]', '{}', '', '{', 'null', '0', '"a"', '[{"a_session_default":"x"}]', '{"a_session_default":null}', '{"a_session_default":{"a":1}}', '{"__proto__":{"a_session_default":"x"}}'])('fallback cookies of %j are a guest’s', async (value) => {
      expect(await whoIs({ 'X-Fallback-Cookies': value })).toMatchObject(guest);
      const ada = await way.stranger({ 'X-Fallback-Cookies': value }).signUp();
      expect((await ada.signIn()).cookies.has(NAME)).toBe(true);
    });

    it('a session of one project is nothing in another', async () => {
      const ada = await way.member();
      for (const name of [NAME, 'a_session_other', 'a_session_Other']) {
        expect(await whoIs({ 'X-Appwrite-Project': 'Other', Cookie: `${name}=${valueOf(ada)}` })).toMatchObject(guest);
      }
      expect(await whoIs({ 'X-Appwrite-Project': 'Other', 'X-Appwrite-Session': valueOf(ada) })).toMatchObject(guest);
    });

    it('a garbage JWT is no guest but an error', async () => {
      for (const jwt of ['garbage', 'a.b.c', '%E0%A4%A', 'Bearer x']) expect(await whoIs({ 'X-Appwrite-JWT': jwt })).toMatchObject({ status: 401, type: 'user_jwt_invalid' });
    });

    it.each(['unknown', 'lk_key_of_another_project', `${KEY} `.repeat(2), KEY.toUpperCase()])('the API key %j is nobody’s', async (secret) => {
      const unknown = { status: 401, type: 'user_unauthorized' };
      const [ada, headers] = [way.stranger(), { 'X-Appwrite-Key': secret }];
      expect(await whoIs(headers)).toMatchObject(unknown);
      expect(await ada.call(account.create, { userId: 'unique()', email: ada.email, password: ada.password }, headers)).toMatchObject(unknown);
      expect(await ada.call(session.createEmailPasswordSession, { email: ada.email, password: ada.password }, headers)).toMatchObject(unknown);
    });

    it('an API key is refused beside a session or a JWT, and when it is unknown too', async () => {
      const ada = await way.member();
      const { jwt } = (await ada.must(account.createJWT)).body;
      for (const secret of [KEY, 'unknown']) {
        expect(await ada.call(account.get, {}, { 'X-Appwrite-Key': secret })).toMatchObject({ status: 403, type: 'user_key_and_session_set' });
        expect(await whoIs({ 'X-Appwrite-Key': secret, 'X-Appwrite-JWT': jwt })).toMatchObject({ status: 403, type: 'user_key_and_session_set' });
      }
    });

    it('an API key ends when it was told to', async () => {
      const create = async () => {
        const { email, password } = way.stranger();
        return way.stranger().call(account.create, { userId: 'unique()', email, password }, { 'X-Appwrite-Key': BRIEF });
      };
      expect((await create()).status).toBe(201);
      way.app.clock.turn(3_601);
      expect(await create()).toMatchObject({ status: 401, type: 'project_key_expired' });
    });

    it('an API key speaks for no user, and only within its scopes', async () => {
      const ada = await way.stranger().signUp();
      for (const operation of [account.get, account.updateName, account.createJWT, session.listSessions, session.deleteSessions]) {
        expect(await way.stranger().call(operation, { name: 'x' }, { 'X-Appwrite-Key': KEY })).toMatchObject(guest);
      }
      const { type, body } = await ada.call(session.createEmailPasswordSession, { email: ada.email, password: ada.password }, { 'X-Appwrite-Key': NARROW });
      expect([type, body.message]).toEqual(['general_unauthorized_scope', expect.stringContaining('sessions.write')]);
    });

    it('a server with a key is told the secret that setSession takes', async () => {
      const ada = await way.stranger().signUp();
      const { status, body, headers } = await way.stranger().call(session.createEmailPasswordSession, { email: ada.email, password: ada.password }, { 'X-Appwrite-Key': KEY });
      expect(status).toBe(201);
      expect(JSON.parse(Buffer.from(body.secret as string, 'base64').toString())).toEqual({ id: ada.userId, secret: expect.stringMatching(/^[0-9a-f]{64}$/) });
      expect(decodeURIComponent(cookiesOf(headers)[NAME].value)).toBe(body.secret);
      const server = way.stranger({ 'X-Appwrite-Session': body.secret });
      expect((await server.call(account.get)).body.$id).toBe(ada.userId);
      expect((await server.call(session.getSession, { sessionId: 'current' })).body.secret).toBe('');
    });

    it('a server with a key names its user’s address and browser', async () => {
      const ada = await way.stranger().signUp();
      const forwarded = { 'X-Forwarded-For': '203.0.113.9', 'X-Forwarded-User-Agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:126.0) Gecko/20100101 Firefox/126.0', 'User-Agent': 'node' };
      const login = async (headers: SendHeaders) => (await ada.elsewhere().must(session.createEmailPasswordSession, { email: ada.email, password: ada.password }, { ...forwarded, ...headers })).body;
      expect(await login({ 'X-Appwrite-Key': KEY })).toMatchObject({ ip: '203.0.113.9', clientName: 'Firefox', osName: 'Windows' });
      expect((await login({})).clientName).not.toBe('Firefox');
    });

    it.each(['User-Id', 'Email', 'Phone'])('nobody is impersonated by %s', async (who) => {
      const ada = await way.member();
      const { status, type, body } = await ada.call(account.get, {}, { [`X-Appwrite-Impersonate-${who}`]: 'somebody' });
      expect([status, type, body.email]).toEqual([400, 'general_bad_request', undefined]);
    });

    it('the project may be named in the query, where it wins, and must be known', async () => {
      const ada = await way.member();
      const get = (path: string, headers: SendHeaders) => send(way.app, path, { method: 'GET', headers: { 'X-Appwrite-Session': valueOf(ada), ...headers } });
      expect((await get('/v1/account?project=default', { 'X-Appwrite-Project': 'Other' })).body.$id).toBe(ada.userId);
      for (const id of ['nothing', '', 'DEFAULT', '__proto__', 'default, default']) expect(await whoIs({ 'X-Appwrite-Project': id })).toMatchObject({ status: 404, type: 'project_not_found' });
    });
  },
  { projects: { projects } },
);
