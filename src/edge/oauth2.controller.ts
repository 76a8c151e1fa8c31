import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Settings } from '../config/settings';
import { Caller } from '../contract/caller';
import { fail } from '../contract/errors';
import { Input } from '../contract/input';
import { API_PREFIX, Outside, Rest } from '../contract/operation';
import { TrustedProxies } from '../infra/addresses';
import { Projects } from '../modules/projects';
import { OAuthInput, oauthOperations as op, OAuthSignIn, type Onward } from '../modules/sessions';
import { OAuthCookie } from './oauth-cookie';
import { RequestCaller } from './request-caller';
import { SessionCookie } from './session-cookie';

const BACK = `${API_PREFIX}/account/sessions/oauth2`;

/** What a provider may bring along; nothing else is passed on. */
const CARRIED = ['code', 'state', 'error', 'error_description', 'user', 'iss'];
/** Characters of each. */
const LONGEST = 4_096;

/** The browser's way to a provider and back. */
@Controller()
export class OAuth2Controller {
  private readonly proxies: TrustedProxies;

  constructor(
    private readonly oauth: OAuthSignIn,
    private readonly projects: Projects,
    private readonly settings: Settings,
    private readonly cookie: OAuthCookie,
    private readonly session: SessionCookie,
  ) {
    this.proxies = new TrustedProxies(settings.TRUSTED_PROXIES);
  }

  @Rest(op.createOAuth2Session)
  async startSession(@Caller() caller: Caller, @Input() input: OAuthInput, @Res() reply: FastifyReply): Promise<void> {
    await this.send(reply, await this.oauth.start(caller, input, 'session'));
  }

  @Rest(op.createOAuth2Token)
  async startToken(@Caller() caller: Caller, @Input() input: OAuthInput, @Res() reply: FastifyReply): Promise<void> {
    await this.send(reply, await this.oauth.start(caller, input, 'token'));
  }

  @Get(`${BACK}/callback/:provider/:project`)
  @Outside('it only passes on; the next route asks for state and cookie')
  async callback(@Param() named: Record<string, string>, @Query() sent: unknown, @Res() reply: FastifyReply): Promise<void> {
    await this.passOn(reply, named, sent);
  }

  /** Some providers answer by a form, across sites, where no cookie of ours comes along: it has to come by GET. */
  @Post(`${BACK}/callback/:provider/:project`)
  @Outside('as above')
  async callbackByForm(@Param() named: Record<string, string>, @Body() sent: unknown, @Res() reply: FastifyReply): Promise<void> {
    await this.passOn(reply, named, sent);
  }

  @Get(`${BACK}/:provider/redirect`)
  @Outside('state and cookie say who may')
  async finish(@Param('provider') provider: string, @Query() query: Record<string, unknown>, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    // Fastify answers HEAD by the same handler; looking must not spend.
    if (request.method === 'HEAD') return void reply.status(204).send();
    const project = typeof query.project === 'string' ? this.projects.find(query.project) : undefined;
    if (!project) throw fail('project_not_found');
    const guest = new RequestCaller(request, this.proxies, project, 'guest', null, null, null);
    const onward = await this.oauth.finish(guest, provider, carried(query), (attempt) => this.cookie.read(request, attempt));
    if (onward.signedIn) this.session.set(guest, onward.signedIn, request, reply);
    if (onward.finished) this.cookie.clear(reply, onward.finished);
    await this.send(reply, onward);
  }

  private async passOn(reply: FastifyReply, { provider, project }: Record<string, string>, sent: unknown): Promise<void> {
    const url = new URL(`${this.settings.publicUrl}${BACK}/${encodeURIComponent(provider)}/redirect`);
    for (const [key, value] of Object.entries({ ...carried(sent), project })) url.searchParams.set(key, value);
    await uncached(reply).status(303).header('location', url.href).send();
  }

  /** 301, as the SDKs expect. */
  private async send(reply: FastifyReply, { location, binding }: Onward): Promise<void> {
    if (binding) this.cookie.set(reply, binding.attemptId, binding.secret);
    await uncached(reply).status(301).header('location', location).send();
  }
}

function uncached(reply: FastifyReply): FastifyReply {
  return reply.headers({ 'Cache-Control': 'private, no-store', Pragma: 'no-cache', 'Referrer-Policy': 'no-referrer' });
}

function carried(sent: unknown): Record<string, string> {
  const given = typeof sent === 'object' && sent !== null ? (sent as Record<string, unknown>) : {};
  const texts = CARRIED.map((key) => [key, Object.hasOwn(given, key) ? given[key] : undefined] as const);
  return Object.fromEntries(texts.filter((each): each is [string, string] => typeof each[1] === 'string' && each[1].length <= LONGEST));
}
