import type { Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';

/** Milliseconds in which balancers see the change and kept connections, told so with their next answer, are let go. */
const NOTICE = 1_000;

/** Milliseconds between two looks for connections that nobody uses any more. */
const SWEEP = 200;

/** Whether new requests are welcome. On SIGTERM they are not: balancers see it and turn away, those in flight finish. */
@Injectable()
export class Readiness implements OnModuleDestroy, BeforeApplicationShutdown {
  draining = false;
  private server?: Server;

  /** Without this a client that keeps its connection would send one more request into the closing door. */
  releaseConnections(fastify: FastifyInstance): void {
    this.server = fastify.server;
    fastify.addHook('onRequest', (_, reply, done) => {
      if (this.draining) void reply.header('connection', 'close');
      done();
    });
  }

  onModuleDestroy(): void {
    this.draining = true;
  }

  async beforeApplicationShutdown(signal?: string): Promise<void> {
    if (signal === 'SIGTERM') await pause(NOTICE);
    // Slow requests that came before the notice leave kept connections behind, for which the server would wait in vain.
    setInterval(() => this.server?.closeIdleConnections(), SWEEP).unref();
  }
}
