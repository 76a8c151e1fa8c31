import { Controller, Get, HttpCode, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Caller } from '../contract/caller';
import { fail } from '../contract/errors';
import { Input } from '../contract/input';
import { ActsAs, Outside } from '../contract/operation';
import { Answer } from '../edge/answer';
import { Clock } from '../infra/clock';
import { Projects } from '../modules/projects';
import { sessionOperations, TokenSessionInput, TokenSignIn } from '../modules/sessions';
import { MAGIC_URL_PAGE } from '../modules/tokens';
import { magicUrlPage, signedInPage } from './magic-url.page';
import { newNonce, pageHeaders } from './page';
import { PageErrors } from './page-errors.filter';

const op = sessionOperations.updateMagicURLSession;

/** The sign-in of a magic link whose app named no page of its own. */
@Controller(MAGIC_URL_PAGE)
@UseFilters(PageErrors)
export class MagicUrlController {
  constructor(
    private readonly projects: Projects,
    private readonly tokens: TokenSignIn,
    private readonly answer: Answer,
    private readonly clock: Clock,
  ) {}

  /** Asks, and looks nothing up: mail scanners open links too, and who has an account is not told. */
  @Get()
  @Outside('the page itself does nothing')
  async ask(@Query() link: Record<string, unknown>, @Res() reply: FastifyReply): Promise<void> {
    const [userId, secret, expire] = ['userId', 'secret', 'expire'].map((name) => (typeof link[name] === 'string' ? link[name] : ''));
    const project = typeof link.project === 'string' ? this.projects.find(link.project) : undefined;
    if (!project) throw fail('project_not_found');
    if (!userId || !secret) throw fail('general_argument_invalid');
    // What the link says of itself only saves a press; the secret's own expiry decides.
    if (Date.parse(expire) <= this.clock.now().getTime()) throw fail('user_invalid_token');
    const nonce = newNonce();
    await reply.headers(pageHeaders(nonce)).send(magicUrlPage({ userId, secret, project, nonce }));
  }

  @Post()
  @HttpCode(200)
  @ActsAs(op)
  async signIn(@Caller() caller: Caller, @Input() input: TokenSessionInput, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.answer.overForm(await this.tokens.signIn(caller, input, op), request);
    const nonce = newNonce();
    await reply.headers(pageHeaders(nonce)).send(signedInPage(nonce));
  }
}
