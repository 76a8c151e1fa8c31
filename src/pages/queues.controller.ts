import { createReadStream } from 'node:fs';
import { type CanActivate, Controller, Get, Inject, Injectable, Optional, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { fail } from '../contract/errors';
import { Outside } from '../contract/operation';
import { OperatorKey } from '../edge/operator-key';
import { Log } from '../infra/log';
import { QueueBoard } from '../infra/queue/queue-board';
import { assetHeaders, queuesHeaders, queuesPage } from './queues.page';

/** Without Redis the queue is in the memory of a process, and there is nothing to look into. */
@Injectable()
export class OnRedis implements CanActivate {
  constructor(@Optional() @Inject(QueueBoard) private readonly board: QueueBoard | null) {}

  canActivate(): boolean {
    if (this.board) return true;
    throw fail('general_route_not_found', 'There is no queue dashboard without Redis: set REDIS_URL. `npm run cli -- messages list` tells of messages everywhere.');
  }
}

/** The queue dashboard. Whatever the path, and however it is written, its one handler stands behind the key. */
@Controller('admin/queues')
@Outside('operators have no project: the guards below ask for an API key instead')
@UseGuards(OnRedis, OperatorKey)
export class QueuesController {
  constructor(
    @Optional() @Inject(QueueBoard) private readonly board: QueueBoard,
    private readonly log: Log,
  ) {}

  @Get(['/', '*'])
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const path = (request.params as { '*'?: string })['*'] ?? '';
    if (path.startsWith('static/')) return this.asset(path, reply);
    if (path.startsWith('api/')) return this.read(`/${path}`, request.query as Record<string, unknown>, reply);
    // The page finds its own way among its views.
    if (!/^$|^(metrics-history|job-schedulers)$|^queue\/[^/]+(\/[^/]+)?$/.test(path)) throw fail('general_route_not_found');
    await reply.headers(queuesHeaders()).send(queuesPage(await this.board.page()));
  }

  private async asset(path: string, reply: FastifyReply): Promise<void> {
    const file = await this.board.file(path);
    if (!file) throw fail('general_route_not_found');
    await reply.headers(assetHeaders(path)).send(createReadStream(file));
  }

  private async read(path: string, query: Record<string, unknown>, reply: FastifyReply): Promise<void> {
    const answer = await this.board.read(path, query).catch((error: Error) => {
      this.log.warn('queues.redis', { reason: error.message });
      throw Object.assign(fail('general_overloaded', 'Redis does not answer.'), { retryAfter: 5 });
    });
    if (!answer) throw fail('general_route_not_found');
    await reply.status(answer.status).headers({ 'cache-control': 'private, no-store' }).send(answer.body);
  }
}
