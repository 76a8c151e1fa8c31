import { Controller, Get, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Outside } from '../contract/operation';
import { type Fragment, html } from './html';
import { outcomePage } from './outcome.page';
import { newNonce, pageHeaders } from './page';

/** Characters of a message that are shown: anybody can write a link to this page. */
const LONGEST = 300;

/** Where a sign-in through a provider ends when the app named no page for it. */
@Controller('auth/oauth2')
@Outside('these pages only say how it went')
export class OAuth2PagesController {
  @Get('success')
  success(@Res() reply: FastifyReply): Promise<void> {
    return this.show(reply, true, 'You are signed in', ['You are signed in. You can close this page and return to the app.']);
  }

  @Get('failure')
  failure(@Query('error') error: unknown, @Res() reply: FastifyReply): Promise<void> {
    const { message, type } = read(error);
    return this.show(reply, false, 'You are not signed in', [message ?? 'The sign-in was not completed.', 'Go back to the app and try again.'], type && html`<code>${type}</code>`);
  }

  private async show(reply: FastifyReply, ok: boolean, title: string, paragraphs: string[], details?: Fragment): Promise<void> {
    const nonce = newNonce();
    await reply.headers(pageHeaders(nonce)).send(outcomePage({ ok, title, paragraphs, details, nonce }));
  }
}

/** The failure as the redirect carries it: JSON in the query. */
function read(error: unknown): { message?: string; type?: string } {
  try {
    const { message, type } = JSON.parse(String(error)) as { message?: unknown; type?: unknown };
    return { message: shown(message), type: shown(type) };
  } catch {
    return {};
  }
}

function shown(text: unknown): string | undefined {
  return typeof text === 'string' && text !== '' ? text.slice(0, LONGEST) : undefined;
}
