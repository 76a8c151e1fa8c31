import { readFile } from 'node:fs/promises';
import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { fail } from '../contract/errors';
import { Outside } from '../contract/operation';
import { explorerHeaders, explorerPage } from './explorer.page';
import { newNonce } from './page';

/** What the page needs of the package, and nothing else of it. */
const ASSETS: Record<string, string> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
};

/** Swagger UI on our document. Not there at all in production. */
@Controller('docs')
@Outside('what is called from here goes through the pipeline like any call')
export class ExplorerController {
  @Get()
  async page(@Res() reply: FastifyReply): Promise<void> {
    const nonce = newNonce();
    await reply.headers(explorerHeaders(nonce)).send(explorerPage(nonce));
  }

  @Get(':asset')
  async asset(@Param('asset') name: string, @Res() reply: FastifyReply): Promise<void> {
    if (!Object.hasOwn(ASSETS, name)) throw fail('general_route_not_found');
    const content = await readFile(require.resolve(`swagger-ui-dist/${name}`));
    await reply.headers({ 'Content-Type': ASSETS[name], 'Cache-Control': 'public, max-age=3600' }).send(content);
  }
}
