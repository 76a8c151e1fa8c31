import { Module } from '@nestjs/common';
import { MailSender } from './mail-sender';
import { MailboxModule } from './mailbox.module';
import { SmsSender } from './sms-sender';

/** The ways out, without anybody who takes jobs. */
@Module({ imports: [MailboxModule], providers: [MailSender, SmsSender], exports: [MailSender, SmsSender] })
export class SendersModule {}
