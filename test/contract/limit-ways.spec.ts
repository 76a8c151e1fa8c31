import { accountOperations as account } from '../../src/modules/account';
import { sessionOperations as session } from '../../src/modules/sessions';
import { Person, type Transport } from '../support/person';
import { ask, send, toNextWindow } from '../support/raw';
import { everyWay } from '../support/ways';

const BODY = (email: string) => ({ email, password: 'wrong password' });
const LOGIN = (email: string, alias = '') => `${alias && `${alias}: `}accountCreateEmailPasswordSession(email: "${email}", password: "wrong password") { _id }`;

everyWay(
  'one counter',
  (way) => {
    const nobody = () => way.stranger().email;
    const codes = (body: Record<string, any>) => (body.errors as { extensions: { code: number } }[]).map(({ extensions }) => extensions.code).sort();
    const split = (refused: number) => [...Array<number>(10).fill(401), ...Array<number>(refused).fill(429)];

    it('serves every spelling of a path', async () => {
      toNextWindow(way.app);
      const email = nobody();
      const paths = ['/v1/account/sessions/email', '/v1/account/sessions', '/v1/account/sessions/email/', '//v1/account/sessions/email', '/v1//account///sessions/email', '/v1/account/sessions/email?a=1', '/v1/account/%73essions/email', '/v1/account/sessions/email?project=default', '/v1/account/sessions/', '/v1/./account/sessions/email'];
      for (const path of paths) expect([path, (await send(way.app, path, { body: BODY(email) })).status]).toEqual([path, 401]);
      for (const path of paths) expect([path, (await send(way.app, path, { body: BODY(email) })).status]).toEqual([path, 429]);
    });

    it('cannot be walked around by another method or another letter case', async () => {
      toNextWindow(way.app);
      // A HEAD asks for the session whose id is `email`, as a GET there does.
      expect((await send(way.app, '/v1/account/sessions/email', { method: 'HEAD' })).status).toBe(401);
      for (const [method, path] of [['GET', '/v1/account/sessions/email/x'], ['PUT', '/v1/account/sessions/email'], ['POST', '/V1/account/sessions/email'], ['POST', '/v1/account/Sessions/email'], ['POST', '/v1/account/sessions%2femail']]) {
        const { status } = await send(way.app, path, { method, body: method === 'POST' || method === 'PUT' ? BODY(nobody()) : undefined, headers: { 'X-HTTP-Method-Override': 'POST' } });
        expect([method, path, status]).toEqual([method, path, 404]);
      }
    });

    it('serves both paths of one operation', async () => {
      toNextWindow(way.app, 60);
      const ada = await way.member();
      const headers = { Cookie: `a_session_default=${ada.cookies.get('a_session_default')}` };
      const left = async (path: string) => (await send(way.app, path, { headers })).headers.get('x-ratelimit-remaining');
      expect([await left('/v1/account/jwt'), await left('/v1/account/jwts')]).toEqual(['119', '118']);
    });

    it('serves REST and GraphQL together', async () => {
      toNextWindow(way.app);
      const email = nobody();
      const from = (transport: Transport) => new Person(way.app, transport).call(session.createEmailPasswordSession, BODY(email));
      for (let tries = 0; tries < 5; tries += 1) expect([(await from('rest')).status, (await from('graphql')).status]).toEqual([401, 401]);
      expect([(await from('rest')).status, (await from('graphql')).status]).toEqual([429, 429]);
    });

    it('serves all aliases of one document', async () => {
      toNextWindow(way.app);
      const email = nobody();
      const { status, body, headers } = await ask(way.app, `mutation { ${Array.from({ length: 15 }, (_, index) => LOGIN(email, `a${index}`)).join(' ')} }`);
      expect([status, codes(body)]).toEqual([200, split(5)]);
      expect([headers.get('x-ratelimit-remaining'), Number(headers.get('retry-after'))]).toEqual(['0', expect.any(Number)]);
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    });

    it('serves fragments', async () => {
      toNextWindow(way.app);
      const email = nobody();
      const fields = (from: number) => Array.from({ length: 6 }, (_, index) => LOGIN(email, `a${from + index}`)).join(' ');
      const { body } = await ask(way.app, `mutation { ...F ... on Mutation { ${fields(6)} } } fragment F on Mutation { ${fields(0)} }`);
      expect(codes(body)).toEqual(split(2));
    });

    it('serves all items of a batch', async () => {
      toNextWindow(way.app);
      const email = nobody();
      const batch = Array.from({ length: 10 }, () => ({ query: `mutation { ${LOGIN(email, 'a')} ${LOGIN(email, 'b')} }` }));
      const { body } = await send(way.app, '/v1/graphql', { body: batch });
      expect((body as Record<string, any>[]).flatMap(codes).sort()).toEqual(split(10));
    });
  },
  { transports: ['rest'] },
);

everyWay(
  'without trusted proxies',
  (way) => {
    it('an invented X-Forwarded-For changes nothing', async () => {
      toNextWindow(way.app);
      const create = () => way.stranger().call(account.create, { userId: 'unique()', email: way.stranger().email, password: 'good password' });
      const statuses = [];
      for (let tries = 0; tries < 11; tries += 1) statuses.push((await create()).status);
      expect(statuses).toEqual([...Array<number>(10).fill(201), 429]);
    });

    it('nor does any other header that names an address', async () => {
      way.app.clock.turn(3_600);
      toNextWindow(way.app);
      const names = ['Forwarded', 'X-Real-IP', 'X-Client-IP', 'CF-Connecting-IP', 'True-Client-IP', 'X-Forwarded-Host', 'X-Forwarded-For', 'Via', 'X-Cluster-Client-IP', 'Client-IP'];
      const left = [];
      for (const name of names) {
        const { headers } = await way.stranger({ [name]: '198.51.100.1' }).call(account.create, { userId: 'unique()', email: way.stranger().email, password: 'good password' });
        left.push(Number(headers.get('x-ratelimit-remaining')));
      }
      expect(left).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    });
  },
  // All come from one address here, so each case has an hour of its own.
  { transports: ['rest'], env: { TRUSTED_PROXIES: '' } },
);

everyWay(
  'with the limits off',
  (way) => {
    it('nothing is refused, and the headers still tell', async () => {
      toNextWindow(way.app);
      const ada = await way.stranger().signUp();
      const answers = [];
      for (let tries = 0; tries < 12; tries += 1) answers.push(await ada.call(session.createEmailPasswordSession, BODY(ada.email)));
      expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(401));
      expect(answers.map(({ headers }) => headers.get('x-ratelimit-remaining'))).toEqual(['9', '8', '7', '6', '5', '4', '3', '2', '1', '0', '0', '0']);
      await ada.signIn();
    });
  },
  { env: { RATE_LIMITS: 'off' } },
);
