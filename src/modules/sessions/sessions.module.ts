import { Module } from '@nestjs/common';
import { UsersModule } from '../users';
import { Recognition } from './recognition';
import { SessionIssuer } from './session-issuer';
import { SessionsController } from './sessions.controller';
import { SessionsRepository } from './sessions.repository';
import { SessionsResolver } from './sessions.resolver';
import { Sessions } from './sessions.service';

@Module({
  imports: [UsersModule],
  controllers: [SessionsController],
  providers: [Sessions, SessionsRepository, SessionIssuer, SessionsResolver, Recognition],
  exports: [SessionIssuer, Recognition],
})
export class SessionsModule {}
