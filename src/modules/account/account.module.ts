import { Module } from '@nestjs/common';
import { SessionsModule } from '../sessions';
import { TokensModule } from '../tokens';
import { UsersModule } from '../users';
import { AccountController } from './account.controller';
import { AccountResolver } from './account.resolver';
import { Account } from './account.service';
import { BelongingsController } from './belongings.controller';
import { BelongingsResolver } from './belongings.resolver';
import { CredentialChanges } from './credential-changes.service';

@Module({
  imports: [UsersModule, TokensModule, SessionsModule],
  controllers: [AccountController, BelongingsController],
  providers: [Account, CredentialChanges, AccountResolver, BelongingsResolver],
})
export class AccountModule {}
