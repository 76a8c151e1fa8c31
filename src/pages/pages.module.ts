import { type DynamicModule, Module, type Type } from '@nestjs/common';
import type { Settings } from '../config/settings';
import { AnswerModule } from '../edge/answer.module';
import { OperatorKey } from '../edge/operator-key';
import { MailboxModule } from '../messaging';
import { SessionsModule } from '../modules/sessions';
import { VerificationModule } from '../modules/verification';
import { ConfirmController } from './confirm.controller';
import { DemoController } from './demo/demo.controller';
import { ExplorerController } from './explorer.controller';
import { MagicUrlController } from './magic-url.controller';
import { MailboxController } from './mailbox.controller';
import { OAuth2PagesController } from './oauth2.controller';
import { OnRedis, QueuesController } from './queues.controller';

const HOSTED: Type[] = [MagicUrlController, OAuth2PagesController, QueuesController];
const DEVELOPMENT: Type[] = [MailboxController, ConfirmController, DemoController, ExplorerController];

/** Pages for people. Those for development are not there at all in production. */
@Module({})
export class PagesModule {
  static forRoot(settings: Settings): DynamicModule {
    return {
      module: PagesModule,
      imports: [MailboxModule, VerificationModule, SessionsModule, AnswerModule],
      providers: [OnRedis, OperatorKey],
      controllers: settings.production ? HOSTED : [...HOSTED, ...DEVELOPMENT],
    };
  }
}
