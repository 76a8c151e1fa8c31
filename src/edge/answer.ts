import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest, onSendHookHandler, preSerializationHookHandler } from 'fastify';
import { defaultFieldResolver, type GraphQLField, type GraphQLSchema } from 'graphql';
import { SignedIn, SignedOut } from '../contract/outcome';
import { type Exchange, exchangeIn } from './exchange';
import { SessionCookie } from './session-cookie';
import { LimitRate } from './steps/limit-rate';

const OK = { status: 'OK' };

/**
 * What a service returned becomes an answer: carriers written, counters given back, "nothing" said as OK over GraphQL.
 * Hung on Fastify and on the schema rather than into a Nest interceptor, whose machinery cost a third of a request's CPU.
 */
@Injectable()
export class Answer {
  constructor(
    private readonly cookie: SessionCookie,
    private readonly limitRate: LimitRate,
  ) {}

  /** REST: between the handler and its JSON. */
  overRest(fastify: FastifyInstance): void {
    const beforeJson: preSerializationHookHandler = (request, _, payload, done) => {
      const exchange = exchangeIn(request);
      if (!exchange || !needsMore(payload, exchange)) return done(null, payload);
      this.finish(payload, exchange).then(
        (body) => done(null, body ?? null),
        (error: Error) => done(error),
      );
    };
    fastify.addHook('onRoute', (route) => {
      // Hung on each route that may need it: a read pays nothing.
      if (route.method === 'GET' || route.method === 'HEAD') return;
      route.preSerialization = [...hooks(route.preSerialization), beforeJson];
      route.onSend = [...hooks(route.onSend), silence];
    });
  }

  /** A page's form: the answer itself is a document, so the page says when the operation it acts as has succeeded. */
  async overForm(result: unknown, request: FastifyRequest): Promise<void> {
    const exchange = exchangeIn(request);
    if (!exchange) throw new Error(`${request.url.split('?')[0]} acts as no operation`);
    await this.finish(result, exchange);
  }

  /** GraphQL: around each field that is an operation. */
  overGraphql(schema: GraphQLSchema): GraphQLSchema {
    const fields = [schema.getQueryType(), schema.getMutationType()].flatMap((type) => Object.values(type?.getFields() ?? {}));
    for (const field of fields) this.wrap(field);
    return schema;
  }

  private wrap(field: GraphQLField<unknown, unknown>): void {
    const resolve = field.resolve ?? defaultFieldResolver;
    field.resolve = async (source, args, context, info) => {
      const result: unknown = await resolve(source, args as Record<string, unknown>, context, info);
      const exchange = exchangeIn(info);
      // The error filter hands a GraphQL failure back as a value.
      if (!exchange || result instanceof Error) return result;
      const body = needsMore(result, exchange) ? await this.finish(result, exchange) : result;
      return exchange.operation.status === 204 ? OK : body;
    };
  }

  private async finish(result: unknown, exchange: Exchange): Promise<unknown> {
    const { request, reply, caller, operation } = exchange;
    if (operation.limit?.resetOn !== undefined) await this.limitRate.succeeded(exchange, caller, operation.status);
    if (result instanceof SignedIn) this.cookie.set(caller, result, request, reply);
    if (result instanceof SignedOut) this.cookie.clear(caller, request, reply);
    return result instanceof SignedIn || result instanceof SignedOut ? result.body : result;
  }
}

/** A 204 says nothing, not even `null`. */
const silence: onSendHookHandler = (_, reply, payload, done) => {
  if (reply.statusCode !== 204) return done(null, payload);
  reply.removeHeader('content-type');
  reply.removeHeader('content-length');
  done(null, null);
};

function hooks<Hook>(given: Hook | Hook[] | undefined): Hook[] {
  return given === undefined ? [] : Array.isArray(given) ? given : [given];
}

function needsMore(result: unknown, { operation, reply }: Exchange): boolean {
  return result instanceof SignedIn || result instanceof SignedOut || (operation.limit?.resetOn !== undefined && reply.statusCode < 400);
}
