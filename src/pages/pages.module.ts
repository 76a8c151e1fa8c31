import { type DynamicModule, Module } from '@nestjs/common';
import type { Settings } from '../config/settings';
import { MailboxModule } from '../messaging';
import { VerificationModule } from '../modules/verification';
import { ConfirmController } from './confirm.controller';
import { MailboxController } from './mailbox.controller';

/** Pages for people. Those under /dev are not there at all in production. */
@Module({})
export class PagesModule {
  static forRoot(settings: Settings): DynamicModule {
    return {
      module: PagesModule,
      imports: [MailboxModule, VerificationModule],
      controllers: settings.production ? [] : [MailboxController, ConfirmController],
    };
  }
}
