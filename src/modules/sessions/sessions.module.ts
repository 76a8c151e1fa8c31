import { Module } from '@nestjs/common';
import { FactorsModule } from '../factors';
import { OAuthModule } from '../oauth';
import { TokensModule } from '../tokens';
import { UsersModule } from '../users';
import { OAuthAccounts } from './oauth-accounts';
import { OAuthSignIn } from './oauth-sign-in';
import { ProviderTokens } from './provider-tokens';
import { Recognition } from './recognition';
import { SessionEnding } from './session-ending';
import { SessionAlerts } from './session-alerts';
import { SessionFactors } from './session-factors';
import { SessionIssuer } from './session-issuer';
import { SessionsController } from './sessions.controller';
import { SessionsRepository } from './sessions.repository';
import { SessionsResolver } from './sessions.resolver';
import { Sessions } from './sessions.service';
import { Standing } from './standing';
import { TokenSignIn } from './token-sign-in';

@Module({
  imports: [OAuthModule, UsersModule, FactorsModule, TokensModule],
  controllers: [SessionsController],
  providers: [Sessions, SessionsRepository, SessionIssuer, SessionEnding, SessionAlerts, SessionFactors, Standing, TokenSignIn, SessionsResolver, Recognition, OAuthSignIn, OAuthAccounts, ProviderTokens],
  exports: [Sessions, SessionIssuer, SessionEnding, SessionFactors, Standing, TokenSignIn, Recognition, OAuthSignIn],
})
export class SessionsModule {}
