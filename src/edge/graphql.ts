import type { ApolloDriverConfig } from '@nestjs/apollo';
import type { ApolloServerPlugin } from '@apollo/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type GraphQLSchema, Kind, type OperationDefinitionNode, OperationTypeNode } from 'graphql';
import { fail } from '../contract/errors';
import type { Operation } from '../contract/operation';
import type { Projects } from '../modules/projects';
import type { Answer } from './answer';
import type { GraphqlContext } from './exchange';
import { limitDocuments } from './graphql-limits';

export const GRAPHQL_PATH = '/v1/graphql';

/** Appwrite's GraphQL on Apollo: one endpoint, always 200, fields under every spelling their operation has. */
export function graphqlConfig(operations: readonly Operation[], answer: Answer, projects: Projects): ApolloDriverConfig {
  return {
    path: GRAPHQL_PATH,
    autoSchemaFile: true,
    sortSchema: false,
    playground: false,
    graphiql: false,
    introspection: true,
    // The body's shape is settled before Apollo sees it (graphql-request.ts), and no GET changes anything.
    csrfPrevention: false,
    allowBatchedHttpRequests: true,
    stopOnTerminationSignals: false,
    // Last: Apollo closes the HTTP server, and before that requests in flight are to finish.
    stopOnApplicationShutdown: true,
    includeStacktraceInErrorResponses: false,
    autoTransformHttpErrors: false,
    // Statuses are set below; Nest’s own plugin comes after ours and would make a silent delete 200.
    preserveHttpStatusForExecutionErrors: false,
    fieldResolverEnhancers: [],
    context: (request: FastifyRequest, reply: FastifyReply): GraphqlContext => ({ request, reply }),
    transformSchema: (schema) => withAliases(answer.overGraphql(schema), operations),
    formatError: (formatted) => ({ ...formatted, extensions: { type: 'general_bad_request', ...formatted.extensions, code: numeric(formatted.extensions?.code) } }),
    plugins: [limitDocuments(projects), getNeverMutates, alwaysOk, silentDelete(operations)],
  };
}

/** Older and newer names of a field are the same field: one handler, one counter. */
function withAliases(schema: GraphQLSchema, operations: readonly Operation[]): GraphQLSchema {
  const roots = { query: schema.getQueryType()?.getFields(), mutation: schema.getMutationType()?.getFields() };
  for (const { graphql, graphqlAliases = [] } of operations) {
    if (!graphql) continue;
    const [kind, name] = graphql.split(' ') as [keyof typeof roots, string];
    for (const alias of graphqlAliases) roots[kind]![alias] = { ...roots[kind]![name], name: alias };
  }
  return schema;
}

/** Apollo names its own refusals (syntax, validation) in words; ours carry the HTTP status. */
function numeric(code: unknown): number {
  return typeof code === 'number' ? code : 400;
}

/** Apollo refuses such a request before any hook of ours could; it is said in Appwrite's words all the same. */
const getNeverMutates: ApolloServerPlugin<GraphqlContext> = {
  async requestDidStart() {
    return {
      async didEncounterErrors({ operation, contextValue, errors }) {
        if (contextValue.request.method !== 'GET' || operation?.operation !== OperationTypeNode.MUTATION) return;
        const { message, type, status } = fail('graphql_method_unsupported');
        for (const error of errors) Object.assign(error, { message, extensions: { type, code: status } });
      },
    };
  },
};

const alwaysOk: ApolloServerPlugin<GraphqlContext> = {
  async requestDidStart() {
    return {
      async willSendResponse({ response }) {
        response.http.status = 200;
        // Apollo has an opinion of its own here, which would win over the edge's.
        response.http.headers.set('cache-control', 'private, no-store');
      },
    };
  },
};

/** A delete as the only field of a request has nothing to answer, as over REST. */
function silentDelete(operations: readonly Operation[]): ApolloServerPlugin<GraphqlContext> {
  const silent = new Set(operations.filter(({ status }) => status === 204).flatMap(({ graphql, graphqlAliases = [] }) => (graphql ? [graphql.split(' ')[1], ...graphqlAliases] : [])));
  const isSilent = (operation: OperationDefinitionNode) => {
    const [only, ...others] = operation.selectionSet.selections;
    return others.length === 0 && only.kind === Kind.FIELD && silent.has(only.name.value);
  };
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ operation, response, contextValue: { request } }) {
          if (Array.isArray(request.body) || !operation || !isSilent(operation)) return;
          if (response.body.kind === 'single' && !response.body.singleResult.errors) response.http.status = 204;
        },
      };
    },
  };
}
