import { type DynamicModule, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { Settings } from '../config/settings';
import { uniqueId } from '../infra/ids';
import { Log, nestLogger } from '../infra/log';
import { Projects } from '../modules/projects';
import { acceptBodies, BODY_LIMIT } from './body';
import { tellBrowsers } from './cors';
import { settleGraphqlRequests } from './graphql-request';

/** Milliseconds a request may take to arrive: slow drips do not hold connections. */
const ARRIVAL = 15_000;

/** The HTTP side of a process, ready to listen. */
export async function createServer(module: DynamicModule | Type, settings: Settings): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    requestTimeout: ARRIVAL,
    keepAliveTimeout: 72_000,
    forceCloseConnections: 'idle',
    genReqId: uniqueId,
    // One spelling of a path, so that one route and one counter serve them all.
    rewriteUrl: ({ url = '/' }) => url.replace(/^\/v1\/graphql\/mutation(?=[/?]|$)/, '/v1/graphql'),
    routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true, maxParamLength: 256 },
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    bodyParser: false,
    logger: nestLogger(new Log(settings)),
    abortOnError: false,
  });
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  acceptBodies(fastify);
  tellBrowsers(fastify, app.get(Projects), settings.publicUrl.startsWith('https:'));
  settleGraphqlRequests(fastify, app.get(Projects));
  return app;
}
