import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Settings } from '../../config/settings';
import { fail } from '../../contract/errors';
import { Outside } from '../../contract/operation';
import type { Project } from '../../contract/project';
import { SessionCookie } from '../../edge/session-cookie';
import { cardOf } from '../../modules/oauth';
import { Projects } from '../../modules/projects';
import { oauthFailureIn } from '../oauth-failure';
import { outcomePage } from '../outcome.page';
import { documentHeaders, newNonce, pageHeaders } from '../page';
import { demoHeaders, demoPage, type Landing, LANDINGS } from './demo.page';
import type { OfferedProvider } from './providers.page';

const SCRIPT = 'text/javascript; charset=utf-8';

const ASSETS: Record<string, { type: string; path: () => string | undefined }> = {
  'demo.js': { type: SCRIPT, path: () => join(__dirname, 'demo.js') },
  'calls.js': { type: SCRIPT, path: () => join(__dirname, 'calls.js') },
  'views.js': { type: SCRIPT, path: () => join(__dirname, 'views.js') },
  'second-factors.js': { type: SCRIPT, path: () => join(__dirname, 'second-factors.js') },
  'demo.css': { type: 'text/css; charset=utf-8', path: () => join(__dirname, 'demo.css') },
  'qrcode.js': { type: SCRIPT, path: () => require.resolve('qrcode-generator') },
  'sdk.js': { type: SCRIPT, path: sdk },
};

/** Every operation by hand, through the official web SDK. Development only. */
@Controller()
@Outside('the demo calls the API like any other app')
export class DemoController {
  constructor(
    private readonly projects: Projects,
    private readonly settings: Settings,
    private readonly cookie: SessionCookie,
  ) {}

  @Get()
  async page(@Query() query: Record<string, unknown>, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const nonce = newNonce();
    if (!sdk()) return reply.status(503).headers(pageHeaders(nonce)).send(withoutSdk(nonce));

    const { all } = this.projects;
    const project = all.find(({ id }) => id === query.project) ?? all[0];
    const signedIn = this.cookie.read(request, project.id) !== null;
    const home = new URL(`/?project=${encodeURIComponent(project.id)}`, this.settings.publicUrl).href;
    await reply.headers(demoHeaders(nonce)).send(demoPage({ project, projects: all, home, signedIn, providers: providersOf(project), landing: landingOf(query), failure: oauthFailureIn(query), nonce }));
  }

  @Get('dev/demo/:name')
  async asset(@Param('name') name: string, @Res() reply: FastifyReply): Promise<void> {
    const asset = Object.hasOwn(ASSETS, name) ? ASSETS[name] : undefined;
    const path = asset?.path();
    if (!asset || !path) throw fail('general_route_not_found');
    await reply.headers({ ...documentHeaders({ 'default-src': "'none'" }), 'Content-Type': asset.type }).send(await readFile(path));
  }
}

function providersOf({ oauth }: Project): OfferedProvider[] {
  return Object.entries(oauth).flatMap(([key, registration]) => (registration.enabled ? [{ key, name: registration.title || cardOf(key, registration)!.name }] : []));
}

/** What the link of a mail, or a provider's way, brought here. */
function landingOf(query: Record<string, unknown>): Landing | undefined {
  const { for: purpose, userId, secret } = query;
  if (typeof purpose !== 'string' || !Object.hasOwn(LANDINGS, purpose) || typeof userId !== 'string' || typeof secret !== 'string') return undefined;
  return { purpose: purpose as Landing['purpose'], userId, secret };
}

/** The browser build of a development package, looked for when it is asked for: `npm ci --omit=dev` leaves it out. */
function sdk(): string | undefined {
  try {
    return join(dirname(require.resolve('appwrite-27/package.json')), 'dist/iife/sdk.js');
  } catch {
    return undefined;
  }
}

function withoutSdk(nonce: string): string {
  return outcomePage({
    ok: false,
    title: 'The demo needs the web SDK',
    paragraphs: ['It is built on the development package appwrite-27, which is not installed here.', 'Run npm ci without --omit=dev, then open this page again. The API itself works without it.'],
    nonce,
  });
}
