import { Catch } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ErrorType, Failure } from '../contract/errors';
import { ErrorFilter } from '../edge/error.filter';
import { html } from './html';
import { outcomePage } from './outcome.page';
import { newNonce, pageHeaders } from './page';

const INCOMPLETE = ['Part of the link is missing.', 'Open it from the mail again, or copy it whole into the address bar.'];

/** What people are told: what is the matter, and what to do. The catalogue's own texts speak to programmers. */
const WORDS: Partial<Record<ErrorType, readonly string[]>> = {
  general_argument_invalid: INCOMPLETE,
  project_not_found: INCOMPLETE,
  general_rate_limit_exceeded: ['There were too many tries in a short time.', 'Wait a while, then open the link again.'],
  general_unknown_origin: ['The press did not come from this page.', 'Open the link from the mail again, and press the button there.'],
  user_blocked: ['This account is blocked.', 'Contact the support of the app.'],
  user_invalid_token: ['The link is wrong, has expired, or was used already.', 'Go back to the app and ask for a new link. The newest one works, once.'],
  user_session_already_exists: [
    'This browser is signed in already.',
    'You can close this page and return to the app. To sign in as somebody else, sign out there first; the link stays good.',
  ],
  general_unknown: ['Something failed on our side.', 'Try again; if it stays, contact the support of the app.'],
};

/** Whoever opens a page gets a page, also when something is wrong. */
@Catch()
export class PageErrors extends ErrorFilter {
  protected override send(reply: FastifyReply, failure: Failure, request: FastifyRequest): void {
    const nonce = newNonce();
    const document = outcomePage({
      ok: false,
      title: 'This did not work',
      paragraphs: WORDS[failure.type] ?? WORDS.general_unknown!,
      // For the programmer he shows it to.
      details: html`<code>${failure.type}</code>: ${failure.message} Request <code>${request.id}</code>.`,
      nonce,
    });
    void reply.headers(pageHeaders(nonce)).send(document);
  }
}
