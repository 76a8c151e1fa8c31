import { type Access, API_PREFIX, type Operation, restRoute } from '../contract/operation';
import { type Param, paramsOf } from '../contract/params';
import { VERSION } from '../version';
import { HEADERS, responsesOf, usualFailures } from './openapi-responses';
import { paramSchema, type Schema, Schemas } from './openapi-schemas';

export interface OpenApi {
  openapi: string;
  info: Schema;
  servers: { url: string }[];
  tags: { name: string }[];
  paths: Record<string, Record<string, Schema>>;
  components: Record<string, Record<string, Schema>>;
}

/** Here a browser navigates, which cannot set headers. */
const isNavigation = ({ status }: Operation) => status === 301;

const PARAMETERS = {
  Project: {
    name: 'X-Appwrite-Project',
    in: 'header',
    required: true,
    description: 'The project’s id. A `project` in the query wins over it.',
    schema: { type: 'string' },
    example: 'default',
  },
  ProjectInQuery: { name: 'project', in: 'query', required: true, description: 'The project’s id.', schema: { type: 'string' }, example: 'default' },
};

const SECURITY_SCHEMES = {
  Cookie: {
    type: 'apiKey',
    in: 'cookie',
    name: 'a_session_default',
    description: 'Set by each operation that opens a session: `a_session_` and the project’s id in lower case.',
  },
  Session: { type: 'apiKey', in: 'header', name: 'X-Appwrite-Session', description: 'What the cookie holds, for callers without cookies.' },
  JWT: { type: 'apiKey', in: 'header', name: 'X-Appwrite-JWT', description: 'From createJWT. Wins over cookie and session.' },
  Key: { type: 'apiKey', in: 'header', name: 'X-Appwrite-Key', description: 'A server’s key with the scope `sessions.write`. Never together with a user’s credential.' },
};

const CREDENTIALS: Record<Access, ('none' | keyof typeof SECURITY_SCHEMES)[]> = {
  anyone: ['none', 'Cookie', 'Session', 'JWT', 'Key'],
  guest: ['none', 'Key'],
  public: ['none', 'Cookie', 'Session', 'JWT'],
  user: ['Cookie', 'Session', 'JWT'],
  session: ['Cookie', 'Session'],
};

/** The REST API as OpenAPI 3.1, told by the operations' rows and by what their handlers take and answer. */
export function openapi(operations: readonly Operation[], publicUrl: string): OpenApi {
  const schemas = new Schemas();
  const paths: OpenApi['paths'] = {};
  const tags = tagsOf(operations);
  for (const row of operations) {
    const { method, path } = restRoute(row);
    [path, ...(row.aliases ?? [])].forEach((each, index) => {
      const alias = index > 0 && { operationId: `${row.name}_alias${index}`, 'x-alias-of': row.name };
      (paths[each] ??= {})[method.toLowerCase()] = { operationId: row.name, ...alias, tags: [tags(row)], ...described(row, each, schemas) };
    });
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Latchkey',
      version: VERSION,
      description: 'Accounts, sessions and what belongs to them. Speaks Appwrite’s Account API. Keys of a body that are not listed are ignored.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: publicUrl + API_PREFIX }],
    tags: [...new Set(operations.map(tags))].map((name) => ({ name })),
    paths,
    components: { schemas: schemas.all, responses: usualFailures(), parameters: PARAMETERS, headers: HEADERS, securitySchemes: SECURITY_SCHEMES },
  };
}

function described(row: Operation, path: string, schemas: Schemas): Schema {
  const { graphql, limit, counter } = row;
  return {
    summary: row.summary,
    ...(graphql && { description: `GraphQL: \`${[graphql, ...(row.graphqlAliases ?? [])].join('`, `')}\`` }),
    security: CREDENTIALS[row.access].map((name) => (name === 'none' ? {} : { [name]: [] })),
    ...(limit && { 'x-rate-limit': { ...limit, ...(counter && { counter }) } }),
    ...inputOf(row, path),
    responses: responsesOf(row, schemas),
  };
}

/** In the path what the path names; the rest in the query of a GET and in the body of anything else. */
function inputOf(row: Operation, path: string): Schema {
  const params = paramsOf(row.input);
  const inPath = params.filter(({ key }) => path.includes(`{${key}}`));
  const others = params.filter((param) => !inPath.includes(param));
  const isGet = restRoute(row).method === 'GET';
  const parameters = [
    { $ref: `#/components/parameters/${isNavigation(row) ? 'ProjectInQuery' : 'Project'}` },
    ...inPath.map((param) => ({ name: param.key, in: 'path', required: true, ...asParameter(param) })),
    ...(isGet ? others : []).map((param) => ({ name: inQuery(param), in: 'query', required: !param.optional, ...asParameter(param) })),
  ];
  return { parameters, ...(!isGet && others.length > 0 && { requestBody: bodyOf(others) }) };
}

function asParameter(param: Param): Schema {
  const { description, ...schema } = paramSchema(param);
  return { ...(description !== undefined && { description }), schema };
}

/** With brackets, so that a list of one is a list. */
function inQuery({ key, schema }: Param): string {
  return schema.type === 'array' ? `${key}[]` : key;
}

function bodyOf(params: readonly Param[]): Schema {
  const required = params.filter(({ optional }) => !optional).map(({ key }) => key);
  const properties = Object.fromEntries(params.map((param) => [param.key, paramSchema(param)]));
  return {
    required: required.length > 0,
    content: { 'application/json': { schema: { type: 'object', properties, ...(required.length > 0 && { required }) } } },
  };
}

/** A part of the path that others lie beneath is a group of its own; the rest is the account itself. */
function tagsOf(operations: readonly Operation[]): (row: Operation) => string {
  const parts = operations.map((row) => restRoute(row).path.split('/'));
  const groups = new Set(parts.filter(({ length }) => length > 3).map(([, , group]) => group));
  return (row) => {
    const [, account, group] = restRoute(row).path.split('/');
    return groups.has(group) ? group : account;
  };
}
