import { Controller, Get, HttpCode, Post, Query, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Caller } from '../contract/caller';
import { fail } from '../contract/errors';
import { Input } from '../contract/input';
import { ActsAs, Outside } from '../contract/operation';
import { Projects } from '../modules/projects';
import { ConfirmInput, Verification, verificationOperations } from '../modules/verification';
import { confirmedPage, confirmPage } from './confirm.page';
import { newNonce, pageHeaders } from './page';
import { PageErrors } from './page-errors.filter';

/** Stands in for an app's page that a verification mail leads to. Development only. */
@Controller('dev/confirm')
@UseFilters(PageErrors)
export class ConfirmController {
  constructor(
    private readonly projects: Projects,
    private readonly verification: Verification,
  ) {}

  /** Asks; opening a link must not spend its secret. */
  @Get()
  @Outside('the page itself does nothing')
  async ask(@Query('project') named: string | undefined, @Query() input: Partial<ConfirmInput>, @Res() reply: FastifyReply): Promise<void> {
    const [only, ...others] = this.projects.all;
    const project = this.projects.find(named ?? '') ?? (others.length === 0 ? only : undefined);
    if (!project) throw fail('project_not_found', 'Several projects are configured: add ?project=<id> to the url that you give to createVerification.');
    const nonce = newNonce();
    const page = confirmPage({ userId: String(input.userId ?? ''), secret: String(input.secret ?? ''), project, nonce });
    await reply.headers(pageHeaders(nonce)).send(page);
  }

  @Post()
  @HttpCode(200)
  @ActsAs(verificationOperations.updateEmailVerification)
  async confirm(@Caller() caller: Caller, @Input() input: ConfirmInput, @Res() reply: FastifyReply): Promise<void> {
    await this.verification.confirmEmail(caller, input);
    const nonce = newNonce();
    await reply.headers(pageHeaders(nonce)).send(confirmedPage(nonce));
  }
}
