import type { ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OPERATION, type Operation } from '../contract/operation';

/** What the pipeline sees of a call, the same for REST and GraphQL. */
export interface Exchange {
  operation: Operation;
  request: FastifyRequest;
  reply: FastifyReply;
  transport: 'rest' | 'graphql';
  /** A parameter as it was sent, not checked yet: for limits, which come before the checks. */
  raw(key: string): unknown;
}

export interface GraphqlContext {
  request: FastifyRequest;
  reply: FastifyReply;
}

/** @returns null for handlers that are no operation (health, pages) */
export function exchangeOf(context: ExecutionContext): Exchange | null {
  const operation = Reflect.getMetadata(OPERATION, context.getHandler()) as Operation | undefined;
  if (!operation) return null;
  if (context.getType<string>() === 'graphql') {
    const [, args, { request, reply }] = context.getArgs<[unknown, Record<string, unknown>, GraphqlContext]>();
    return { operation, request, reply, transport: 'graphql', raw: (key) => own(args, key) };
  }
  const http = context.switchToHttp();
  const request = http.getRequest<FastifyRequest>();
  const raw = (key: string) => own(request.params, key) ?? own(request.body, key) ?? own(request.query, key);
  return { operation, request, reply: http.getResponse<FastifyReply>(), transport: 'rest', raw };
}

function own(source: unknown, key: string): unknown {
  return typeof source === 'object' && source !== null && Object.hasOwn(source, key) ? (source as Record<string, unknown>)[key] : undefined;
}
