import { getNamedType, type GraphQLField, type GraphQLObjectType, type GraphQLOutputType, isObjectType } from 'graphql';
import type { Operation } from '../../src/contract/operation';
import type { Answer, Input, Person, SendHeaders } from './person';

/** One operation as a GraphQL document that asks for every field there is. */
export async function graphql(person: Person, operation: Operation, input: Input, headers: SendHeaders): Promise<Answer> {
  const [kind, name] = operation.graphql!.split(' ') as ['query' | 'mutation', string];
  return field(person, kind, name, operation, input, headers);
}

/** @param name the field's own name or an alias of it */
export async function field(person: Person, kind: 'query' | 'mutation', name: string, operation: Operation, input: Input, headers: SendHeaders): Promise<Answer> {
  const { schema, url } = person.app;
  const root = kind === 'query' ? schema.getQueryType() : schema.getMutationType();
  const definition = root!.getFields()[name];
  // A field takes no argument that it does not declare: what REST ignores, GraphQL cannot even say.
  const variables = Object.fromEntries(Object.entries(input).filter(([key]) => definition.args.some((arg) => arg.name === key)));
  const query = documentFor(kind, definition, Object.keys(variables));

  const response = await fetch(`${url}/v1/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  if (response.status === 204) return { status: operation.status, body: '' as never, headers: response.headers };
  const answer = (await response.json()) as { data?: Record<string, unknown>; errors?: { message: string; extensions: { type: string; code: number } }[]; type?: string };
  if (response.status !== 200) return { status: response.status, type: answer.type, body: answer, headers: response.headers };
  const [error] = answer.errors ?? [];
  if (error) return { status: error.extensions.code, type: error.extensions.type, body: { message: error.message, ...error.extensions }, headers: response.headers };
  return { status: operation.status, body: asRest(answer.data![name], definition.type) as Record<string, any>, headers: response.headers };
}

function documentFor(kind: string, { name, args, type }: GraphQLField<unknown, unknown>, given: string[]): string {
  const used = args.filter((arg) => given.includes(arg.name));
  const declared = used.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ');
  const passed = used.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  return `${kind}${declared && `(${declared})`} { ${name}${passed && `(${passed})`} ${selection(type)} }`;
}

function selection(type: GraphQLOutputType): string {
  const named = getNamedType(type);
  if (!isObjectType(named)) return '';
  return `{ ${Object.values((named as GraphQLObjectType).getFields()).map((each) => `${each.name} ${selection(each.type)}`).join(' ')} }`;
}

/** `_id` is `$id` over REST, and preferences are the object itself. */
function asRest(value: unknown, type: GraphQLOutputType): unknown {
  const named = getNamedType(type);
  if (Array.isArray(value)) return value.map((each) => asRest(each, named));
  if (!isObjectType(named) || value === null) return value;
  if (named.name === 'Preferences') return JSON.parse((value as { data: string }).data);
  const fields = named.getFields();
  return Object.fromEntries(Object.entries(value as object).map(([key, each]) => [key.replace(/^_/, '$'), asRest(each, fields[key].type)]));
}
