import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Outside } from '../../contract/operation';
import { Metrics } from './metrics';

@Controller()
@Outside('numbers of the whole installation, none of them about a user')
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Get('metrics')
  async text(@Res() reply: FastifyReply): Promise<void> {
    const { type, body } = await this.metrics.text();
    await reply.headers({ 'content-type': type, 'cache-control': 'no-store' }).send(body);
  }
}
