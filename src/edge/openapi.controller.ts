import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Settings } from '../config/settings';
import { type Operation, Outside } from '../contract/operation';
import { openapi } from './openapi';

/** Injection token of every operation there is. */
export const OPERATIONS = Symbol('operations');

@Controller('v1')
@Outside('the document is the same for everybody')
export class OpenApiController {
  private text?: string;

  constructor(
    @Inject(OPERATIONS) private readonly operations: readonly Operation[],
    private readonly settings: Settings,
  ) {}

  @Get('openapi.json')
  document(@Res({ passthrough: true }) reply: FastifyReply): string {
    void reply.type('application/json; charset=utf-8');
    return (this.text ??= JSON.stringify(openapi(this.operations, this.settings.publicUrl)));
  }
}
