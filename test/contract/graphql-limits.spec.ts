import { accountOperations as account } from '../../src/modules/account';
import { DEFAULT_PROJECTS } from '../support/app';
import type { Person } from '../support/person';
import { ask, send } from '../support/raw';
import { everyWay } from '../support/ways';

const [main] = DEFAULT_PROJECTS.projects;
const projects = [
  main,
  { ...main, id: 'closed', graphql: { introspection: false } },
  { ...main, id: 'narrow', graphql: { maxBatch: 2, maxDepth: 2, maxComplexity: 10 } },
  { ...main, id: 'wide', graphql: { maxBatch: 12, maxDepth: 20, maxComplexity: 5_000 } },
];
const SCHEMA = '{ __schema { queryType { name } } }';
const DEEP_SCHEMA = '{ __schema { types { fields { type { ofType { ofType { ofType { ofType { name } } } } } } } } }';
const limit = (count: number) => JSON.stringify(JSON.stringify({ method: 'limit', values: [count] }));

everyWay(
  'GraphQL',
  (way) => {
    let ada: Person;
    let mine: Record<string, string>;
    beforeAll(async () => {
      ada = await way.member();
      mine = { Cookie: `a_session_default=${ada.cookies.get('a_session_default')}` };
    });
    const of = (project: string, query: string, variables?: object) => ask(way.app, query, { variables, headers: { 'X-Appwrite-Project': project } });
    const asAda = (query: string, variables?: object) => ask(way.app, query, { variables, headers: mine });
    const refusal = (message: string | RegExp) => ({ errors: [{ message: expect.stringMatching(message), extensions: { type: 'general_bad_request', code: 400 } }] });
    const names = (count: number) => Array.from({ length: count }, (_, index) => `f${index}: __typename`).join(' ');

    it('takes documents of 250 fields and not of 251', async () => {
      expect((await asAda(`{ ${names(250)} }`)).body.data.f249).toBe('Query');
      const { status, body } = await asAda(`{ ${names(251)} }`);
      expect([status, body]).toEqual([200, refusal(/^Max query complexity should be 250 but got 251\.$/)]);
    });

    it('runs no field of a document that is too much', async () => {
      const renames = Array.from({ length: 126 }, (_, index) => `r${index}: accountUpdateName(name: "Eve") { name }`).join(' ');
      expect((await asAda(`mutation { ${renames} }`)).body).toEqual(refusal('complexity'));
      expect((await ada.must(account.get)).body.name).toBe('Ada');
    });

    it('counts the fields of fragments, each time they are spread and once only', async () => {
      const spread = `query { ...A } fragment A on Query { ...B ...B } fragment B on Query { ${names(125)} }`;
      expect((await asAda(spread)).body.data).toBeDefined();
      expect((await asAda(spread.replace('...B ...B', '...B ...B extra: __typename'))).body).toEqual(refusal('got 251'));
      // Each level doubles: measured level by level this would take years.
      const bomb = ['query { ...F0 }', ...Array.from({ length: 40 }, (_, level) => `fragment F${level} on Query { ...F${level + 1} ...F${level + 1} }`), 'fragment F40 on Query { __typename }'].join(' ');
      const start = Date.now();
      expect((await asAda(bomb)).body).toEqual(refusal('complexity'));
      expect(Date.now() - start).toBeLessThan(5_000);
    });

    it.each<[string, string, object?]>([
      ['25 rows when nothing is said', '{ accountListLogs { total logs { event ip userId userEmail userName mode time } } }'],
      ['the limit of a query', `{ accountListLogs(queries: [${limit(124)}]) { logs { event } } }`],
      ['the limit in a variable', 'query($q: [String!]) { accountListLogs(queries: $q) { logs { event } } }', { q: ['{"method":"limit","values":[124]}'] }],
      ['the limit in an older query', '{ accountListLogs(queries: ["limit(124)"]) { logs { event } } }'],
      ['the limit in a list in the document', 'query($q: String!) { accountListLogs(queries: [$q]) { logs { event } } }', { q: 'limit(124)' }],
      ['the limit in a variable’s default', 'query($q: [String!] = ["limit(124)"]) { accountListLogs(queries: $q) { logs { event } } }'],
      ['a limit that stands alone', '{ accountListLogs(queries: "limit(124)") { logs { event } } }'],
      ['a limit in block text', '{ accountListLogs(queries: ["""limit(124)"""]) { logs { event } } }'],
      ['the larger of two limits', '{ accountListLogs(queries: ["limit(1)", "limit(124)"]) { logs { event } } }'],
      ['the larger of two limits, if it comes first', '{ accountListLogs(queries: ["limit(124)", "limit(1)"]) { logs { event } } }'],
      ['a list under another name', '{ mine: accountListLogs(queries: ["limit(124)"]) { logs { event } } }'],
      ['other lists', '{ accountListIdentities { total identities { provider providerUid providerEmail userId _id _createdAt _updatedAt } } }'],
    ])('counts the rows of a list: %s', async (...[, query, variables]) => {
      // As a rest: of a row of two Jest would make the third a `done` to wait for.
      const fits = await asAda(query, variables);
      expect(fits.body.errors).toBeUndefined();
      const more = JSON.parse(JSON.stringify({ query, variables }).replaceAll('124', '125').replace('{ total ', '{ total again: total ')) as { query: string; variables?: object };
      expect((await asAda(more.query, more.variables)).body).toEqual(refusal(/complexity should be 250 but got 2\d\d/));
    });

    it('takes six levels of fields and no seventh', async () => {
      // No data lies that deep; the answer's own fields end at three.
      expect((await asAda('{ accountGet { prefs { data } } }')).body.data).toEqual({ accountGet: { prefs: { data: '{}' } } });
      expect((await of('narrow', '{ accountGet { name } }')).body.errors[0].extensions.type).toBe('general_unauthorized_scope');
      expect((await of('narrow', '{ accountGet { prefs { data } } }')).body).toEqual(refusal(/^Max query depth should be 2 but got 3\.$/));
      expect((await of('narrow', 'query { ...A } fragment A on Query { ... on Query { accountGet { ...B } } } fragment B on User { prefs { data } }')).body).toEqual(refusal('depth'));
    });

    it('takes as much as the project says', async () => {
      expect((await of('narrow', `{ ${names(10)} }`)).body.data).toBeDefined();
      expect((await of('narrow', `{ ${names(11)} }`)).body).toEqual(refusal('should be 10 but got 11'));
      expect((await of('wide', `{ ${names(5_000)} }`)).body.data).toBeDefined();
      expect((await of('wide', `{ ${names(5_001)} }`)).body).toEqual(refusal('should be 5000 but got 5001'));
      expect((await ask(way.app, `{ ${names(251)} }`, { path: '/v1/graphql?project=wide' })).body.data).toBeDefined();
      expect((await ask(way.app, `{ ${names(11)} }`, { path: '/v1/graphql?project=narrow' })).body).toEqual(refusal('should be 10'));
    });

    it('takes the least of all where no project is named', async () => {
      for (const project of ['', 'nothing']) {
        expect((await of(project, `{ ${names(11)} }`)).body).toEqual(refusal('should be 10 but got 11'));
        expect((await of(project, SCHEMA)).body).toEqual(refusal('Introspection'));
        expect((await of(project, '{ accountGet { name } }')).body.errors[0].extensions.type).toBe('project_not_found');
      }
    });

    it('shows its schema where the project does, at any depth', async () => {
      expect((await of('default', SCHEMA)).body.data.__schema.queryType.name).toBe('Query');
      expect((await of('default', DEEP_SCHEMA)).body.data.__schema.types.length).toBeGreaterThan(5);
    });

    it.each([
      ['plainly', SCHEMA],
      ['by a type', '{ __type(name: "User") { name } }'],
      ['under another name', '{ a: __schema { queryType { name } } }'],
      ['in a fragment', 'query { ...A } fragment A on Query { __schema { queryType { name } } }'],
      ['in an inline fragment', '{ ... on Query { __type(name: "User") { name } } }'],
      ['beside data', '{ accountGet { name } __schema { queryType { name } } }'],
    ])('keeps its schema to itself where the project says so, asked %s', async (_, query) => {
      const { status, body } = await of('closed', query);
      expect([status, body]).toEqual([200, refusal('Introspection is switched off')]);
      const [item] = (await send(way.app, '/v1/graphql', { headers: { 'X-Appwrite-Project': 'closed' }, body: [{ query }, { query: '{ __typename }' }] })).body as unknown as object[];
      expect(item).toEqual(refusal('Introspection'));
      const get = await send(way.app, `/v1/graphql?project=closed&query=${encodeURIComponent(query)}`, { method: 'GET' });
      expect(get.body.data).toBeUndefined();
    });

    it('names types where it keeps its schema to itself', async () => {
      expect((await of('closed', '{ __typename }')).body).toEqual({ data: { __typename: 'Query' } });
    });

    it.each([['narrow', 2], ['default', 10], ['wide', 12]])('takes as many queries at once as %s says: %i, wherever the project is named', async (project, most) => {
      const batch = (size: number) => Array.from({ length: size }, () => ({ query: '{ __typename }' }));
      const ways: [string, Record<string, string>][] = [['/v1/graphql', { 'X-Appwrite-Project': project }], [`/v1/graphql?project=${project}`, { 'X-Appwrite-Project': project === 'default' ? 'narrow' : 'default' }], [`/v1/graphql/mutation?project=${project}`, {}]];
      for (const [path, headers] of ways) {
        const post = (size: number) => send(way.app, path, { headers, body: batch(size) });
        expect((await post(most)).body).toEqual(batch(most).map(() => ({ data: { __typename: 'Query' } })));
        expect(await post(most + 1)).toMatchObject({ status: 400, type: 'graphql_too_many_queries' });
      }
    });
  },
  { transports: ['graphql'], projects: { projects } },
);
