import Ajv2020 from 'ajv/dist/2020';
import { OPERATIONS } from '../../src/app.module';
import { ERRORS } from '../../src/contract/errors';
import { COMMON_ERRORS, type Operation, restRoute } from '../../src/contract/operation';
import { paramsOf } from '../../src/contract/params';
import { openapi } from '../../src/edge/openapi';
import { accountOperations } from '../../src/modules/account';
import { sessionOperations } from '../../src/modules/sessions';
import { verificationOperations } from '../../src/modules/verification';
import { VERSION } from '../../src/version';
import { startApp, type TestApp } from '../support/app';
import { Person } from '../support/person';

const ROWS = OPERATIONS.map((row) => [row.name, row] as const);
const document = openapi(OPERATIONS, 'https://accounts.example.com');
const { schemas, responses, securitySchemes } = document.components;

const everyOperation = () => Object.entries(document.paths).flatMap(([path, item]) => Object.entries(item).map(([method, operation]) => ({ path, method, operation: operation as any })));
/** The operation itself first, then its aliases. */
const under = ({ name }: Operation) => [
  ...everyOperation().filter(({ operation }) => operation.operationId === name),
  ...everyOperation().filter(({ operation }) => operation['x-alias-of'] === name),
];

/** What a reference points to. */
function resolve(ref: string): unknown {
  const parts = ref.replace(/^#\//, '').split('/');
  return parts.reduce<any>((node, part) => node?.[part.replaceAll('~1', '/').replaceAll('~0', '~')], document);
}
const follow = (node: any) => (node.$ref === undefined ? node : resolve(node.$ref));

function* nodes(value: unknown): Generator<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value as Record<string, unknown>;
  for (const child of Object.values(value)) yield* nodes(child);
}

describe('the OpenAPI document', () => {
  it('is OpenAPI 3.1 in form', () => {
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    const check = ajv.compile(OPENAPI);
    check(document);
    expect(check.errors).toBeNull();
  });

  it('has schemas of JSON Schema 2020-12 and no words of our own in them', () => {
    const strict = new Ajv2020({ strictSchema: true, strictTypes: false, strictRequired: false, validateFormats: false, keywords: ['components'] });
    const all = [...nodes(document)].flatMap(({ schema }) => (schema === undefined ? [] : [schema as object])).concat(Object.values(schemas));
    expect(all.length).toBeGreaterThan(100);
    for (const schema of all) strict.compile({ ...schema, components: { schemas } });
    const formats = [...nodes(document)].flatMap(({ format }) => (typeof format === 'string' ? [format] : []));
    expect([...new Set(formats)].filter((format) => !['email', 'int32', 'uri'].includes(format))).toEqual([]);
  });

  it('refers only to what is there', () => {
    const refs = [...nodes(document)].flatMap(({ $ref }) => (typeof $ref === 'string' ? [$ref] : []));
    expect(refs.length).toBeGreaterThan(100);
    expect(refs.filter((ref) => !ref.startsWith('#/components/') || resolve(ref) === undefined)).toEqual([]);
    const named = everyOperation().flatMap(({ operation }) => operation.security.flatMap(Object.keys));
    expect(named.filter((name: string) => !(name in securitySchemes))).toEqual([]);
  });

  it('names each operation once', () => {
    const ids = everyOperation().map(({ operation }) => operation.operationId as string);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('declares each parameter once and every one that a path names', () => {
    for (const { path, operation } of everyOperation()) {
      const parameters = operation.parameters.map(follow);
      const keys = parameters.map((parameter: any) => `${parameter.in} ${parameter.name}`);
      expect(new Set(keys).size).toBe(keys.length);
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const declared = parameters.filter((parameter: any) => parameter.in === 'path');
      expect(declared.map(({ name }: any) => name).sort()).toEqual(named.sort());
      for (const { required } of declared) expect(required).toBe(true);
    }
  });

  it('says which server and which version it is of', () => {
    expect(document.servers).toEqual([{ url: 'https://accounts.example.com/v1' }]);
    expect(document.info.version).toBe(VERSION);
  });

  it('has every row under its path and every alias, and nothing else', () => {
    const expected = OPERATIONS.flatMap((row) => [restRoute(row).path, ...(row.aliases ?? [])].map((path) => `${restRoute(row).method} ${path}`));
    const actual = everyOperation().map(({ method, path }) => `${method.toUpperCase()} ${path}`);
    expect(actual.sort()).toEqual(expected.sort());
  });

  it.each(ROWS)('%s is the same under every path', (name, row) => {
    const [own, ...aliases] = under(row);
    expect(own.operation.operationId).toBe(name);
    expect(aliases).toHaveLength(row.aliases?.length ?? 0);
    for (const { operation } of aliases) {
      const { 'x-alias-of': of, ...rest } = operation;
      expect(of).toBe(name);
      expect({ ...rest, operationId: name }).toEqual(own.operation);
    }
  });

  it.each(ROWS)('%s takes what its handler checks', (_, row) => {
    for (const { operation, method } of under(row)) {
      const [project, ...parameters] = operation.parameters.map(follow);
      expect(project.required).toBe(true);
      expect([project.in, project.name]).toEqual(row.status === 301 ? ['query', 'project'] : ['header', 'X-Appwrite-Project']);
      const body = operation.requestBody?.content['application/json'].schema;
      const taken = [
        ...parameters.map((parameter: any) => [parameter.name.replace('[]', ''), parameter.required]),
        ...Object.keys(body?.properties ?? {}).map((key) => [key, body.required?.includes(key) ?? false]),
      ];
      expect(taken.sort()).toEqual(paramsOf(row.input).map(({ key, optional }) => [key, !optional]).sort());
      if (method === 'get') expect(body).toBeUndefined();
    }
  });

  it.each(ROWS)('%s answers with its model, and its errors by status', (_, row) => {
    for (const { operation } of under(row)) {
      const { [row.status]: success, ...failures } = operation.responses;
      const model = success.content?.['application/json'].schema.$ref;
      expect({ model }).toEqual({ model: [204, 301].includes(row.status) ? undefined : expect.stringMatching(/^#\/components\/schemas\/\w+$/) });
      expect(Object.keys(success.headers ?? {}).includes('X-RateLimit-Limit')).toBe(row.limit !== undefined);
      expect(operation['x-rate-limit']).toEqual(row.limit && { ...row.limit, ...(row.counter && { counter: row.counter }) });
      const told = Object.entries(failures).flatMap(([status, response]) => {
        const { $ref, properties } = follow(response).content['application/json'].schema;
        expect($ref).toBe('#/components/schemas/Error');
        return properties.type.enum.map((type: keyof typeof ERRORS) => [Number(status), type, ERRORS[type][0]]);
      });
      for (const [status, , catalogued] of told) expect(status).toBe(catalogued);
      const types = told.map(([, type]) => type);
      expect(types).toEqual(expect.arrayContaining([...row.errors, 'general_unknown', 'general_argument_invalid', 'project_not_found']));
      expect(types.filter((type) => ![...row.errors, ...COMMON_ERRORS, 'general_unknown'].includes(type))).toEqual([]);
      expect(types.includes('general_rate_limit_exceeded')).toBe(row.limit !== undefined);
    }
  });

  it('tells once what most rows fail with', () => {
    const uses = JSON.stringify(document.paths);
    for (const name of Object.keys(responses)) expect(uses).toContain(`#/components/responses/${name}"`);
  });
});

/** `name type` a field; a type without one is a string. `[]` is a list, `?` may be null, a capital is a model. */
const fields = (...lists: string[]) => lists.flatMap((list) => list.trim().split(/,\s*/)).map((field) => field.split(' ') as [string, string?]);

const DEVICE = 'osCode, osName, osVersion, clientType, clientCode, clientName, clientVersion, clientEngine, clientEngineVersion, deviceName, deviceBrand, deviceModel, countryCode, countryName';

/** Appwrite's models as the account's owner gets them, 1.5 to 1.9, in its order. Dates are strings. */
const APPWRITE: Record<string, [string, string?][]> = {
  User: fields(
    '$id, $createdAt, $updatedAt, name, registration, status boolean, labels string[], passwordUpdate, email, phone',
    'emailVerification boolean, phoneVerification boolean, mfa boolean, prefs Preferences, targets Target[], accessedAt',
  ),
  Session: fields(
    '$id, $createdAt, $updatedAt, userId, expire, provider, providerUid, providerAccessToken, providerAccessTokenExpiry, providerRefreshToken, ip',
    DEVICE,
    'current boolean, factors string[], secret, mfaUpdatedAt',
  ),
  SessionList: fields('total integer, sessions Session[]'),
  Token: fields('$id, $createdAt, userId, secret, expire, phrase'),
  Jwt: fields('jwt'),
  Identity: fields('$id, $createdAt, $updatedAt, userId, provider, providerUid, providerEmail, providerAccessToken, providerAccessTokenExpiry, providerRefreshToken'),
  IdentityList: fields('total integer, identities Identity[]'),
  // userType since 1.9.
  Log: fields('event, userId, userEmail, userName, mode, userType, ip, time', DEVICE),
  LogList: fields('total integer, logs Log[]'),
  // expired since 1.6.
  Target: fields('$id, $createdAt, $updatedAt, name, userId, providerId ?, providerType, identifier, expired boolean'),
  // Ours adds requestId. Appwrite's document calls code a string and its server sends a number.
  Error: fields('message, code integer, type, version, requestId'),
};

function fieldType({ $ref, type, items }: any): string | undefined {
  if ($ref) return $ref.replace('#/components/schemas/', '');
  if (type === 'array') return `${fieldType(items) ?? 'string'}[]`;
  if (Array.isArray(type)) return type.join() === 'string,null' ? '?' : type.join();
  return type === 'string' ? undefined : type;
}

describe('the models', () => {
  it.each(Object.entries(APPWRITE))('%s is Appwrite’s, field by field', (name, expected) => {
    const { type, properties, required } = schemas[name] as any;
    expect(type).toBe('object');
    expect(Object.entries(properties).map(([key, schema]) => [key, fieldType(schema)].filter(Boolean))).toEqual(expected);
    // Appwrite leaves nothing out: what is unknown is empty, or null.
    expect(required).toEqual(expected.map(([key]) => key));
  });

  it('Preferences is any object', () => {
    expect(schemas.Preferences).toMatchObject({ type: 'object', additionalProperties: true });
  });
});

describe('a server', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp('sqlite');
  });
  afterAll(() => app?.stop());

  it('answers with the document, to anybody', async () => {
    const response = await fetch(`${app.url}/v1/openapi.json`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await response.json()).toEqual({ ...document, servers: [{ url: `${app.url}/v1` }] });
  });

  it('answers as the document says', async () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false }).addSchema(document, 'api');
    const ada = await new Person(app, 'rest').signUp();
    await ada.signIn();
    const calls: [Operation, object?][] = [
      [accountOperations.get],
      [accountOperations.updatePrefs, { prefs: { theme: 'dark' } }],
      [accountOperations.getPrefs],
      [accountOperations.createJWT],
      [accountOperations.createPushTarget, { targetId: 'unique()', identifier: 'device' }],
      [accountOperations.listIdentities],
      [accountOperations.listLogs],
      [sessionOperations.listSessions],
      [sessionOperations.getSession, { sessionId: 'current' }],
      [verificationOperations.createEmailVerification, { url: 'http://localhost/confirm' }],
      [sessionOperations.getSession, { sessionId: 'nobody' }],
      [sessionOperations.createSession, { userId: 'ada', secret: 'x' }],
    ];
    for (const [row, input = {}] of calls) {
      const { status, body } = await ada.call(row, input as Record<string, unknown>);
      const { schema } = follow(under(row)[0].operation.responses[status]).content['application/json'];
      const model = schema.$ref.replace('#/components/schemas/', '');
      const check = ajv.compile({ $ref: `api#/components/schemas/${model}`, ...(schema.properties && { properties: schema.properties }) });
      check(body);
      expect({ name: row.name, errors: check.errors }).toEqual({ name: row.name, errors: null });
      if (model !== 'Preferences') expect(Object.keys(body).sort()).toEqual(Object.keys((schemas[model] as any).properties).sort());
    }
  });

  it('has the explorer, which runs only what comes from here', async () => {
    const response = await fetch(`${app.url}/docs`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const page = await response.text();
    const [, nonce] = /<script nonce="([^"]+)">/.exec(page)!;
    expect(Object.fromEntries(response.headers.get('content-security-policy')!.split('; ').map((line) => line.split(/ (.*)/)))).toMatchObject({
      'default-src': "'none'",
      'script-src': `'nonce-${nonce}'`,
      'style-src': `'nonce-${nonce}'`,
      'connect-src': "'self'",
      'frame-ancestors': "'none'",
      'base-uri': "'none'",
    });
    for (const [tag] of page.matchAll(/<(script|link rel="stylesheet")[^>]*>/g)) expect(tag).toContain(`nonce="${nonce}"`);
    expect(await (await fetch(`${app.url}/docs`)).text()).not.toContain(nonce);
  });

  it.each([
    ['swagger-ui.css', 'text/css; charset=utf-8'],
    ['swagger-ui-bundle.js', 'text/javascript; charset=utf-8'],
  ])('serves the explorer’s %s', async (name, type) => {
    const response = await fetch(`${app.url}/docs/${name}`);
    expect([response.status, response.headers.get('content-type'), response.headers.get('x-content-type-options')]).toEqual([200, type, 'nosniff']);
    expect((await response.text()).length).toBeGreaterThan(100_000);
  });

  it.each(['package.json', 'index.html', '..%2fpackage.json', '%2e%2e/package.json', 'constructor', 'swagger-ui.js'])('serves nothing else of its package: %s', async (name) => {
    const response = await fetch(`${app.url}/docs/${name}`);
    expect(response.status).toBe(404);
  });
});

describe('a server in production', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp('sqlite', undefined, PRODUCTION);
  });
  afterAll(() => app?.stop());

  it('has the document and no explorer', async () => {
    expect((await fetch(`${app.url}/v1/openapi.json`)).status).toBe(200);
    for (const path of ['/docs', '/docs/swagger-ui.css']) expect((await fetch(app.url + path)).status).toBe(404);
  });
});

const PRODUCTION = { NODE_ENV: 'production', BCRYPT_COST: '10' };

/** OpenAPI 3.1 as far as our document goes: each object with what it must have and may have, and nothing else. */
const OPENAPI = (() => {
  const text = { type: 'string', minLength: 1 };
  const flag = { type: 'boolean' };
  const list = (items: object, more: object = {}) => ({ type: 'array', items, ...more });
  const map = (values: object, names = '^[A-Za-z0-9._-]+$') => ({ type: 'object', patternProperties: { [names]: values }, additionalProperties: false });
  const ref = (kind: string) => ({ type: 'object', properties: { $ref: { type: 'string', pattern: `^#/components/${kind}/` } }, required: ['$ref'], additionalProperties: false });
  const object = (properties: Record<string, object>, required: string[] = []) => ({ type: 'object', properties, required, patternProperties: { '^x-': true }, additionalProperties: false });
  const or = (kind: string, value: object) => ({ if: { required: ['$ref'] }, then: ref(kind), else: value });

  const schema = { type: 'object' };
  const content = map(object({ schema }, ['schema']), '^application/json$');
  const header = object({ description: text, schema, required: flag }, ['schema']);
  const parameter = {
    ...object({ name: text, in: { enum: ['path', 'query', 'header', 'cookie'] }, description: text, required: flag, schema, example: {} }, ['name', 'in', 'schema']),
    if: { properties: { in: { const: 'path' } } },
    then: { properties: { required: { const: true } }, required: ['required'] },
  };
  const response = object({ description: text, headers: map(or('headers', header)), content }, ['description']);
  const operation = object(
    {
      operationId: { type: 'string', pattern: '^\\w+$' },
      tags: list(text, { minItems: 1 }),
      summary: text,
      description: text,
      security: list(map(list(text))),
      parameters: list(or('parameters', parameter)),
      requestBody: object({ required: flag, content }, ['content']),
      responses: map(or('responses', response), '^[1-5]\\d\\d$'),
    },
    ['operationId', 'responses'],
  );
  const methods = Object.fromEntries(['get', 'post', 'put', 'patch', 'delete'].map((method) => [method, operation]));
  return object(
    {
      openapi: { type: 'string', pattern: '^3\\.1\\.\\d+$' },
      info: object({ title: text, version: text, description: text, license: object({ name: text, identifier: text }, ['name']) }, ['title', 'version']),
      servers: list(object({ url: text, description: text }, ['url']), { minItems: 1 }),
      tags: list(object({ name: text, description: text }, ['name']), { uniqueItems: true }),
      paths: map(object(methods), '^/'),
      components: object({
        schemas: map(schema),
        responses: map(response),
        parameters: map(parameter),
        headers: map(header),
        securitySchemes: map(object({ type: { const: 'apiKey' }, in: { enum: ['query', 'header', 'cookie'] }, name: text, description: text }, ['type', 'in', 'name'])),
      }),
    },
    ['openapi', 'info', 'paths'],
  );
})();
