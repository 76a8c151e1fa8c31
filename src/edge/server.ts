import { type DynamicModule, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Settings } from '../config/settings';
import { fail } from '../contract/errors';
import type { Operation } from '../contract/operation';
import { requestId } from '../infra/ids';
import { Log, nestLogger } from '../infra/log';
import { Projects } from '../modules/projects';
import { Answer } from './answer';
import { acceptBodies, BODY_LIMIT } from './body';
import { tellBrowsers } from './cors';
import { errorBody } from './error.filter';
import { settleGraphqlRequests } from './graphql-request';
import { RequestTimes } from './metrics/request-times';
import { OPERATIONS } from './openapi.controller';
import { Readiness } from './readiness';

/** Milliseconds a request may take to arrive: slow drips do not hold connections. */
const ARRIVAL = 15_000;

/** The HTTP side of a process, ready to listen. */
export async function createServer(module: DynamicModule | Type, settings: Settings): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    requestTimeout: ARRIVAL,
    keepAliveTimeout: 72_000,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    // There is no middleware here and never will be: guards cannot be walked around.
    skipMiddie: true,
    genReqId: requestId,
    // One spelling of a path, so that one route and one counter serve them all.
    rewriteUrl: ({ url = '/' }) => url.replace(/^\/+v1\/+graphql\/+mutation(?=[/?]|$)/, '/v1/graphql'),
    // A path that cannot be read is a path that is not there; Fastify would say so in words of its own.
    frameworkErrors: (_: unknown, { id }: FastifyRequest, reply: FastifyReply) => void reply.header('X-Request-Id', id).status(404).type('application/json; charset=utf-8').send(errorBody(fail('general_route_not_found'), id)),
    routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true, maxParamLength: 256 },
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    bodyParser: false,
    logger: nestLogger(new Log(settings)),
    abortOnError: false,
  });
  const fastify = app.getHttpAdapter().getInstance();
  acceptBodies(fastify);
  tellBrowsers(fastify, app.get(Projects), settings.publicUrl.startsWith('https:'));
  settleGraphqlRequests(fastify, app.get(Projects));
  app.get(Answer).overRest(fastify);
  app.get(RequestTimes).watch(fastify, app.get<readonly Operation[]>(OPERATIONS));
  app.get(Readiness).releaseConnections(fastify);
  return app;
}
