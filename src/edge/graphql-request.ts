import type { FastifyInstance, FastifyRequest, preHandlerHookHandler } from 'fastify';
import { fail } from '../contract/errors';
import type { Projects } from '../modules/projects';
import { projectIdOf } from './headers';
import { GRAPHQL_PATH } from './graphql';

/** Queries a request may hold where no project says otherwise. */
const MAX_BATCH = 10;

type Body = Record<string, unknown>;

/**
 * Brings what SDKs and people send into the form that Apollo takes.
 * With `X-SDK-GraphQL` the body's `query` holds the whole request: its text, an object, or a list of objects.
 */
export function settleGraphqlRequests(fastify: FastifyInstance, projects: Projects): void {
  const settled: preHandlerHookHandler = (request, _, done) => {
    try {
      if (request.method === 'GET') {
        if (!(request.query as Body).query) throw fail('graphql_no_query');
        return done();
      }
      request.body = settle(request, projects);
      done();
    } catch (error) {
      done(error as Error);
    }
  };
  fastify.addHook('onRoute', (route) => {
    if (route.url === GRAPHQL_PATH) route.preHandler = settled;
  });
}

function settle(request: FastifyRequest, projects: Projects): Body | Body[] {
  const wrapped = request.headers['x-sdk-graphql'] !== undefined;
  const body = wrapped ? unwrap(request.body) : request.body;
  const queries = Array.isArray(body) ? body : [body];
  const most = projects.find(projectIdOf(request) ?? '')?.graphql.maxBatch ?? MAX_BATCH;
  if (queries.length > most) throw fail('graphql_too_many_queries');
  if (queries.length === 0 || !queries.every(isQuery)) throw fail('graphql_no_query');
  return queries.length === 1 ? queries[0] : queries;
}

function unwrap(body: unknown): unknown {
  const inner = (body as Body | undefined)?.query;
  return typeof inner === 'object' && inner !== null ? inner : body;
}

function isQuery(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && typeof (value as Body).query === 'string' && (value as Body).query !== '';
}
