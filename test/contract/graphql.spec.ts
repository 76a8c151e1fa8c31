import { accountOperations as account } from '../../src/modules/account';
import { sessionOperations as session } from '../../src/modules/sessions';
import type { Person } from '../support/person';
import { ask, send } from '../support/raw';
import { ERROR } from '../support/shapes';
import { everyWay } from '../support/ways';

const SDK = { 'X-SDK-GraphQL': 'true' };
const ME = '{ accountGet { _id name } }';

everyWay(
  'GraphQL',
  (way) => {
    let ada: Person;
    let mine: Record<string, string>;
    beforeAll(async () => {
      ada = await way.member();
      mine = { Cookie: `a_session_default=${ada.cookies.get('a_session_default')}` };
    });
    const answer = () => ({ data: { accountGet: { _id: ada.userId, name: 'Ada' } } });
    const post = (body: string | object, headers: Record<string, string> = {}, path = '/v1/graphql') => send(way.app, path, { headers: { ...mine, ...headers }, body });

    it.each(['/v1/graphql', '/v1/graphql/', '/v1/graphql/mutation', '/v1/graphql/mutation/', '/v1/graphql/mutation?a=1'])('answers a query and a mutation at %s', async (path) => {
      expect((await post({ query: ME }, {}, path)).body).toEqual(answer());
      expect((await post({ query: 'mutation { accountUpdateName(name: "Ada") { name } }' }, {}, path)).body).toEqual({ data: { accountUpdateName: { name: 'Ada' } } });
    });

    it.each<[string, unknown]>([
      ['text', { query: ME }],
      ['an object', { query: { query: ME } }],
      ['an object with variables', { query: { query: 'query Me($on: Boolean!) { accountGet { _id name @include(if: $on) } }', variables: { on: true }, operationName: 'Me' } }],
      ['a list of one', { query: [{ query: ME }] }],
    ])('takes what SDKs put under query when it is %s', async (_, body) => {
      for (const path of ['/v1/graphql', '/v1/graphql/mutation']) {
        const { status, body: answered } = await post(body as object, SDK, path);
        expect([status, answered]).toEqual([200, answer()]);
      }
    });

    it('takes a list that SDKs put under query', async () => {
      expect((await post({ query: [{ query: ME }, { query: '{ accountGet { email } }' }] }, SDK)).body).toEqual([answer(), { data: { accountGet: { email: ada.email } } }]);
    });

    it('answers a batch in its order, and one of a batch as itself', async () => {
      const batch = Array.from({ length: 10 }, (_, index) => ({ query: `{ a${index}: accountGet { name } }` }));
      const { status, body } = await post(batch);
      expect([status, body]).toEqual([200, batch.map((_, index) => ({ data: { [`a${index}`]: { name: 'Ada' } } }))]);
      expect((await post([{ query: ME }])).body).toEqual(answer());
    });

    it('takes ten in a batch and not eleven, wrapped or not', async () => {
      const batch = Array.from({ length: 11 }, () => ({ query: ME }));
      for (const refused of [await post(batch), await post({ query: batch }, SDK), await post(batch, {}, '/v1/graphql/mutation')]) {
        expect([refused.status, refused.body]).toEqual([400, { ...ERROR, code: 400, type: 'graphql_too_many_queries', message: 'Too many queries.' }]);
      }
    });

    it('says when there is no query', async () => {
      const none = { ...ERROR, code: 400, type: 'graphql_no_query', message: 'Param "query" is not optional.' };
      for (const body of [{}, { query: '' }, { query: null }, { query: 1 }, { variables: {} }, [{}], [{ query: ME }, {}], [1], [null]]) {
        const { status, body: refused } = await post(body);
        expect([JSON.stringify(body), status, refused]).toEqual([JSON.stringify(body), 400, none]);
      }
      for (const body of [{ query: {} }, { query: [] }, { query: { query: '' } }, {}]) expect([(await post(body, SDK)).status, (await post(body, SDK)).body]).toEqual([400, none]);
      const get = await send(way.app, '/v1/graphql', { method: 'GET' });
      expect([get.status, get.body]).toEqual([400, none]);
    });

    it('takes a document as a body of its own', async () => {
      expect((await post(ME, { 'Content-Type': 'application/graphql' })).body).toEqual(answer());
    });

    it('answers a query by GET, and mutates nothing by GET', async () => {
      const get = (query: string, more = '') => send(way.app, `/v1/graphql?query=${encodeURIComponent(query)}${more}`, { method: 'GET', headers: mine });
      expect((await get(ME)).body).toEqual(answer());
      const variables = encodeURIComponent(JSON.stringify({ id: 'current' }));
      const { body } = await get('query A { accountGet { _id } } query B($id: String!) { accountGetSession(sessionId: $id) { current } }', `&operationName=B&variables=${variables}`);
      expect(body).toEqual({ data: { accountGetSession: { current: true } } });

      for (const refused of [await get('mutation { accountUpdateName(name: "Eve") { name } }'), await get('query A { accountGet { _id } } mutation B { accountUpdateName(name: "Eve") { name } }', '&operationName=B')]) {
        expect(refused.body.data).toBeUndefined();
        expect(refused.body.errors[0].extensions).toMatchObject({ type: 'graphql_method_unsupported', code: 405 });
      }
      expect((await ada.must(account.get)).body.name).toBe('Ada');
    });

    it.each([
      ['cannot be parsed', '{ accountGet { _id '],
      ['asks for an unknown field', '{ accountGet { password } }'],
      ['asks for an unknown operation', '{ accountList { _id } }'],
      ['lacks an argument', 'mutation { accountUpdateName { name } }'],
      ['passes an unknown argument', 'mutation { accountUpdateName(name: "x", emailVerification: true) { name } }'],
      ['passes a value of another type', 'mutation { accountUpdateName(name: 1) { name } }'],
      ['names no fields', '{ accountGet }'],
      ['has two operations and names none', 'query A { accountGet { _id } } query B { accountGet { _id } }'],
    ])('answers 200 to a document that %s, with type and code in the error', async (_, query) => {
      const { status, body } = await post({ query });
      expect([status, body.data]).toEqual([200, undefined]);
      expect(body.errors[0]).toMatchObject({ message: expect.any(String), extensions: { type: 'general_bad_request', code: 400 } });
      expect(JSON.stringify(body)).not.toMatch(/stacktrace|node_modules/);
    });

    it('answers 200 to what the application refuses, with Appwrite’s type and code', async () => {
      const { status, body } = await ask(way.app, `{ accountGet { _id } }`);
      expect(status).toBe(200);
      expect(body).toEqual({ data: { accountGet: null }, errors: [{ message: expect.stringContaining('missing scope (account)'), locations: [{ line: 1, column: 3 }], path: ['accountGet'], extensions: { type: 'general_unauthorized_scope', code: 401, requestId: ERROR.requestId } }] });
    });

    it('lets one field of a document fail alone', async () => {
      const { body } = await post({ query: 'query { accountGet { name } accountGetSession(sessionId: "nothing") { _id } }' });
      expect(body).toMatchObject({ data: { accountGet: { name: 'Ada' }, accountGetSession: null }, errors: [{ path: ['accountGetSession'], extensions: { type: 'user_session_not_found', code: 404 } }] });
    });

    it('never mixes what the fields of a document are', async () => {
      const bob = way.stranger();
      const login = `login: accountCreateEmailPasswordSession(email: "${ada.email}", password: "${ada.password}") { userId secret }`;
      const { body, headers } = await ask(way.app, `mutation { create: accountCreate(userId: "unique()", email: "${bob.email}", password: "${bob.password}") { _id } ${login} rename: accountUpdateName(name: "Eve") { name } }`);
      expect(body.data).toMatchObject({ create: { _id: expect.any(String) }, login: { userId: ada.userId, secret: '' }, rename: null });
      expect(headers.getSetCookie()).toHaveLength(2);
      expect(body.errors.map((error: { path: string[] }) => error.path)).toEqual([['rename']]);
    });
  },
  { transports: ['graphql'] },
);

everyWay(
  'a GraphQL delete',
  (way) => {
    const DELETE = 'accountDeleteSession(sessionId: "current") { status }';
    const signedIn = async () => {
      const person = await way.member();
      return { person, headers: { Cookie: `a_session_default=${person.cookies.get('a_session_default')}` } };
    };
    const gone = async (person: Person) => expect((await person.call(account.get)).status).toBe(401);

    it.each([['one session', DELETE], ['all sessions', 'accountDeleteSessions { status }'], ['one under an alias', `bye: ${DELETE}`]])('of %s that stands alone answers as REST does: 204 and nothing', async (_, field) => {
      const { person, headers } = await signedIn();
      const { status, text, headers: answered } = await send(way.app, '/v1/graphql', { headers, body: { query: `mutation { ${field} }` } });
      expect([status, text, answered.get('content-type')]).toEqual([204, '', null]);
      expect(answered.getSetCookie()).toHaveLength(2);
      await gone(person);
    });

    it('among other fields says OK', async () => {
      const { person, headers } = await signedIn();
      const { status, body } = await ask(way.app, `mutation { accountUpdateName(name: "x") { name } ${DELETE} }`, { headers });
      expect([status, body]).toEqual([200, { data: { accountUpdateName: { name: 'x' }, accountDeleteSession: { status: 'OK' } } }]);
      await gone(person);
    });

    it('in a batch says OK', async () => {
      const { person, headers } = await signedIn();
      const { status, body } = await send(way.app, '/v1/graphql', { headers, body: [{ query: `mutation { ${DELETE} }` }, { query: '{ __typename }' }] });
      expect([status, body]).toEqual([200, [{ data: { accountDeleteSession: { status: 'OK' } } }, { data: { __typename: 'Query' } }]]);
      await gone(person);
    });

    it('that fails says why', async () => {
      const { person, headers } = await signedIn();
      const { status, body } = await ask(way.app, 'mutation { accountDeleteSession(sessionId: "nothing") { status } }', { headers });
      expect([status, body.data, body.errors[0].extensions.type]).toEqual([200, { accountDeleteSession: null }, 'user_session_not_found']);
      expect((await person.must(session.listSessions)).body.total).toBe(1);
    });
  },
  { transports: ['graphql'] },
);
