import { Controller, Get, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Outside } from '../contract/operation';
import { type Fragment, html } from './html';
import { oauthFailureIn } from './oauth-failure';
import { outcomePage } from './outcome.page';
import { newNonce, pageHeaders } from './page';

/** Where a sign-in through a provider ends when the app named no page for it. */
@Controller('auth/oauth2')
@Outside('these pages only say how it went')
export class OAuth2PagesController {
  @Get('success')
  success(@Res() reply: FastifyReply): Promise<void> {
    return this.show(reply, true, 'You are signed in', ['You are signed in. You can close this page and return to the app.']);
  }

  @Get('failure')
  failure(@Query() query: Record<string, unknown>, @Res() reply: FastifyReply): Promise<void> {
    const { message = 'The sign-in was not completed.', type, trace } = oauthFailureIn(query) ?? {};
    const details = [type && html`<code>${type}</code>`, trace && html`${type && ' · '}If you ask for help, give the operator this: <code>${trace}</code>`];
    return this.show(reply, false, 'You are not signed in', [message, 'Go back to the app and try again.'], (type ?? trace) && details);
  }

  private async show(reply: FastifyReply, ok: boolean, title: string, paragraphs: string[], details?: Fragment): Promise<void> {
    const nonce = newNonce();
    await reply.headers(pageHeaders(nonce)).send(outcomePage({ ok, title, paragraphs, details, nonce }));
  }
}
