import { Controller, Delete, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { datetime } from '../contract/datetime';
import { fail } from '../contract/errors';
import { Outside } from '../contract/operation';
import { Mailbox, type MailboxEntity } from '../messaging';
import { mailboxHeaders, type MailboxMessage, mailboxPage, previewHeaders, previewPage } from './mailbox.page';
import { newNonce } from './page';

/** What would have been sent, as a page and as JSON. Development only. */
@Controller('dev/mailbox')
@Outside('the mailbox is the developer’s')
export class MailboxController {
  constructor(private readonly mailbox: Mailbox) {}

  @Get()
  async page(@Query() { to, refresh }: Record<string, unknown>, @Res() reply: FastifyReply): Promise<void> {
    const nonce = newNonce();
    const messages = (await this.mailbox.list()).map(shown);
    await reply.headers(mailboxHeaders(nonce)).send(mailboxPage(messages, nonce, { to: typeof to === 'string' ? to : '', refresh: refresh === 'on' }));
  }

  @Get('messages')
  async messages(): Promise<MailboxMessage[]> {
    return (await this.mailbox.list()).map(shown);
  }

  @Get('messages/:id/preview')
  async preview(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const message = await this.mailbox.find(id);
    if (!message) throw fail('general_route_not_found', 'No such message: the mailbox may have been cleared.');
    await reply.headers(previewHeaders()).send(previewPage(message));
  }

  @Delete('messages')
  @HttpCode(204)
  clear(): Promise<void> {
    return this.mailbox.clear();
  }

  @Post('clear')
  async clearFromPage(@Res() reply: FastifyReply): Promise<void> {
    await this.mailbox.clear();
    await reply.redirect('/dev/mailbox', 303);
  }
}

function shown({ sentAt, ...message }: MailboxEntity): MailboxMessage {
  return { ...message, sentAt: datetime(sentAt) };
}
