import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import { type ErrorType, fail, Failure } from '../contract/errors';
import { Log } from '../infra/log';
import type { GraphqlContext } from './exchange';
import { VERSION } from '../version';

/** What the framework refuses before an operation is reached, by its status. */
const FRAMEWORK: Record<number, ErrorType> = {
  400: 'general_argument_invalid',
  404: 'general_route_not_found',
  405: 'general_method_unsupported',
  408: 'general_request_timeout',
  413: 'general_payload_too_large',
  415: 'general_content_type_unsupported',
};

/** The only place that turns an error into an answer, for both transports. Causes we did not foresee go to the log and nowhere else. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(error: unknown, host: ArgumentsHost): GraphQLError | undefined {
    if (host.getType<string>() === 'graphql') {
      if (error instanceof GraphQLError) return error;
      const { request, reply } = host.getArgByIndex<GraphqlContext>(2);
      const failure = this.failure(error, request);
      if (failure.retryAfter) void reply.header('retry-after', failure.retryAfter);
      return new GraphQLError(failure.message, { extensions: { type: failure.type, code: failure.status, requestId: request.id } });
    }
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const failure = this.failure(error, request);
    const reply = http.getResponse<FastifyReply>();
    if (reply.sent) return undefined;
    if (failure.retryAfter) void reply.header('retry-after', failure.retryAfter);
    this.send(reply.status(failure.status), failure, request);
    return undefined;
  }

  /** Pages put a document here. */
  protected send(reply: FastifyReply, failure: Failure, request: FastifyRequest): void {
    void reply.type('application/json; charset=utf-8').send(errorBody(failure, request.id));
  }

  private failure(error: unknown, request: FastifyRequest): Failure {
    if (error instanceof Failure) return error;
    const type = error instanceof HttpException ? FRAMEWORK[error.getStatus()] : undefined;
    if (type) return fail(type);
    this.log.error('request.failed', error, { requestId: request.id, method: request.method, route: request.routeOptions?.url });
    return fail('general_unknown');
  }
}

export function errorBody(failure: Failure, requestId: string) {
  return { message: failure.message, code: failure.status, type: failure.type, version: VERSION, requestId };
}
