import type { GraphQLObjectType } from 'graphql';
import { OPERATIONS } from '../../src/app.module';
import { ERRORS } from '../../src/contract/errors';
import { API_PREFIX, COMMON_ERRORS, type Operation, restRoute } from '../../src/contract/operation';
import { type GraphqlHandler, handlersOf, type RestHandler } from './handlers';
import { startApp, type TestApp } from '../support/app';

const ROWS = OPERATIONS.map((row) => [row.name, row] as const);
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const ACCESS = ['anyone', 'guest', 'public', 'user', 'session'];
const PARTS = ['ip', 'email', 'phone', 'userId', 'param-userId', 'challengeId'];
const PATH = /^\/account(\/[a-z0-9-]+|\/\{\w+\})*$/;

const paths = (row: Operation) => [restRoute(row).path, ...(row.aliases ?? [])];
const fields = ({ graphql, graphqlAliases = [] }: Operation) => (graphql ? [graphql.split(' ')[1], ...graphqlAliases] : [...graphqlAliases]);
const parameterless = (path: string) => path.replace(/\{\w+\}/g, '{}');
const twice = <Item>(items: Item[]) => items.filter((item, index) => items.indexOf(item) < index);

describe('the rows', () => {
  it.each(ROWS)('%s is well formed', (name, row) => {
    expect(row.name).toBe(name);
    expect(row.summary).toMatch(/^[A-Z].*[^.\s]$/);
    const { method } = restRoute(row);
    expect(METHODS).toContain(method);
    for (const path of paths(row)) expect(path).toMatch(PATH);
    expect([200, 201, 204, 301]).toContain(row.status);
    expect(ACCESS).toContain(row.access);
    if (row.graphql) expect(row.graphql).toMatch(method === 'GET' ? /^query account[A-Z]\w*$/ : /^mutation account[A-Z]\w*$/);
    for (const field of row.graphqlAliases ?? []) expect(field).toMatch(/^account[A-Z]\w*$/);
    if (row.audit) expect(row.audit).toMatch(/^[a-z]+(\.[a-z]+)+$/);
    // A reader changes nothing, so there is nothing to write down; a browser's way to a provider only looks like one.
    if (row.audit && row.status !== 301) expect(method).not.toBe('GET');
  });

  it.each(ROWS.filter(([, { limit }]) => limit))('%s has a limit that can be counted', (_, { limit, status }) => {
    expect(Number.isInteger(limit!.count) && limit!.count > 0).toBe(true);
    expect([60, 3_600]).toContain(limit!.window);
    expect(limit!.keys.length).toBeGreaterThan(0);
    for (const key of limit!.keys) {
      expect(key.length).toBeGreaterThan(0);
      expect(twice(key)).toEqual([]);
      for (const part of key) expect(PARTS).toContain(part);
    }
    if (limit!.resetOn !== undefined) expect(limit!.resetOn).toBe(status);
  });

  it.each(ROWS)('%s lists errors of the catalogue, each once, and none that goes without saying', (_, { errors }) => {
    expect(errors.filter((error) => !(error in ERRORS))).toEqual([]);
    expect(twice([...errors])).toEqual([]);
    expect(errors.filter((error) => COMMON_ERRORS.includes(error))).toEqual([]);
  });

  it('share no name, no path and no field', () => {
    expect(twice(OPERATIONS.map(({ name }) => name))).toEqual([]);
    expect(twice(OPERATIONS.flatMap((row) => paths(row).map((path) => `${restRoute(row).method} ${parameterless(path)}`)))).toEqual([]);
    expect(twice(OPERATIONS.flatMap(fields))).toEqual([]);
  });

  it('share a counter only when they count alike; a success may give tries back on some of them alone', () => {
    const counted = ({ name, limit }: Operation) => ({ name, count: limit?.count, window: limit?.window, keys: limit?.keys });
    for (const row of OPERATIONS.filter(({ counter }) => counter)) {
      for (const other of OPERATIONS.filter((each) => (each.counter ?? each.name) === row.counter)) expect(counted(other)).toEqual({ ...counted(row), name: other.name });
    }
  });

  it('give tries back after a success on the three sign-ins that Appwrite does it on', () => {
    const giving = OPERATIONS.filter(({ limit }) => limit?.resetOn !== undefined).map(({ name }) => name);
    expect(giving.sort()).toEqual(['createEmailPasswordSession', 'createSession', 'updateMagicURLSession']);
  });
});

describe('the handlers', () => {
  let app: TestApp;
  let rest: RestHandler[];
  let graphql: GraphqlHandler[];
  beforeAll(async () => {
    app = await startApp('sqlite');
    ({ rest, graphql } = handlersOf(app.nest));
  });
  afterAll(() => app?.stop());

  it.each(ROWS)('%s has one over REST, on its path and every alias', (_, row) => {
    const mine = rest.filter((handler) => handler.row === row && !handler.page);
    expect(mine.map(({ name }) => name)).toHaveLength(1);
    const routes = paths(row).map((path) => API_PREFIX + path.replace(/\{(\w+)\}/g, ':$1'));
    expect([...mine[0].paths].sort()).toEqual([...routes].sort());
    const fastify = app.nest.getHttpAdapter().getInstance();
    for (const url of routes) expect({ url, there: fastify.hasRoute({ method: restRoute(row).method, url }) }).toEqual({ url, there: true });
  });

  it.each(ROWS)('%s has one over GraphQL if it names a field, under every name', (_, row) => {
    const mine = graphql.filter((handler) => handler.row === row);
    if (!row.graphql) return expect(mine).toEqual([]);
    const [kind, field] = row.graphql.split(' ');
    expect(mine).toMatchObject([{ kind: kind === 'query' ? 'Query' : 'Mutation', field }]);
    const root = (kind === 'query' ? app.schema.getQueryType() : app.schema.getMutationType()) as GraphQLObjectType;
    const known = root.getFields();
    for (const name of fields(row)) expect(known[name]).toMatchObject({ type: known[field].type, args: known[field].args });
  });

  it('each carry a row or the mark Outside, never both', () => {
    const handlers = [...rest, ...graphql];
    expect(handlers.length).toBeGreaterThan(OPERATIONS.length);
    expect(handlers.filter(({ row, outside }) => !row && !outside).map(({ name }) => name)).toEqual([]);
    expect(handlers.filter(({ row, outside, page }) => row && outside && !page).map(({ name }) => name)).toEqual([]);
    expect(handlers.filter(({ row }) => row && !OPERATIONS.includes(row)).map(({ name }) => name)).toEqual([]);
  });

  it('are what pages act as, and nothing of the API stands outside', () => {
    expect(rest.filter(({ page, paths: own }) => page && own.some((path) => path.startsWith(API_PREFIX)))).toEqual([]);
    const outside = rest.filter((handler) => handler.outside && !handler.page).flatMap((handler) => handler.paths);
    expect(outside.sort()).toEqual([
      // A provider sends the browser there: state and cookie stand in for a caller.
      '/v1/account/sessions/oauth2/:provider/redirect',
      '/v1/account/sessions/oauth2/callback/:provider/:project',
      '/v1/account/sessions/oauth2/callback/:provider/:project',
      'health',
      'health/live',
      'health/ready',
      'metrics',
      'openapi.json',
      'ping',
    ]);
  });

  it('answer every root field of the schema', () => {
    const roots = [app.schema.getQueryType(), app.schema.getMutationType()] as GraphQLObjectType[];
    expect(roots.flatMap((root) => Object.keys(root.getFields())).sort()).toEqual(OPERATIONS.flatMap(fields).sort());
  });
});
