import type { ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../contract/caller';
import { OPERATION, type Operation } from '../contract/operation';

/** What the pipeline sees of a call, the same for REST and GraphQL. */
export interface Exchange {
  readonly operation: Operation;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly transport: 'rest' | 'graphql';
  /** Known once the pipeline has authenticated him. */
  caller: Caller;
  /** A parameter as it was sent, not checked yet: for limits, which come before the checks. */
  raw(key: string): unknown;
}

export interface GraphqlContext {
  request: FastifyRequest;
  reply: FastifyReply;
}

const EXCHANGE = Symbol('exchange');

/** The object that lives exactly as long as one operation: the request over REST, the field's info over GraphQL. */
type Bearer = object & { [EXCHANGE]?: Exchange };

/** The exchange of a request or field that has come through the pipeline. */
export function exchangeIn(bearer: Bearer): Exchange | undefined {
  return bearer[EXCHANGE];
}

/** @returns null for handlers that are no operation (health, pages) */
export function openExchange(context: ExecutionContext): Exchange | null {
  const operation = Reflect.getMetadata(OPERATION, context.getHandler()) as Operation | undefined;
  if (!operation) return null;
  if (context.getType<string>() === 'graphql') {
    const [, args, { request, reply }, info] = context.getArgs<[unknown, Record<string, unknown>, GraphqlContext, Bearer]>();
    const exchange = { operation, request, reply, transport: 'graphql', raw: (key: string) => own(args, key) } as Exchange;
    return (info[EXCHANGE] = exchange);
  }
  const http = context.switchToHttp();
  const request = http.getRequest<FastifyRequest & Bearer>();
  const raw = (key: string) => own(request.params, key) ?? own(request.body, key) ?? own(request.query, key);
  return (request[EXCHANGE] = { operation, request, reply: http.getResponse<FastifyReply>(), transport: 'rest', raw } as Exchange);
}

function own(source: unknown, key: string): unknown {
  return typeof source === 'object' && source !== null && Object.hasOwn(source, key) ? (source as Record<string, unknown>)[key] : undefined;
}
