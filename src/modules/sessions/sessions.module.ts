import { Module } from '@nestjs/common';
import { TokensModule } from '../tokens';
import { UsersModule } from '../users';
import { Recognition } from './recognition';
import { SessionEnding } from './session-ending';
import { SessionIssuer } from './session-issuer';
import { SessionsController } from './sessions.controller';
import { SessionsRepository } from './sessions.repository';
import { SessionsResolver } from './sessions.resolver';
import { Sessions } from './sessions.service';
import { Standing } from './standing';
import { TokenSignIn } from './token-sign-in';

@Module({
  imports: [UsersModule, TokensModule],
  controllers: [SessionsController],
  providers: [Sessions, SessionsRepository, SessionIssuer, SessionEnding, Standing, TokenSignIn, SessionsResolver, Recognition],
  exports: [SessionIssuer, SessionEnding, Standing, TokenSignIn, Recognition],
})
export class SessionsModule {}
