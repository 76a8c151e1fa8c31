import { Module } from '@nestjs/common';
import { UsersModule } from '../users';
import { TokenRequests } from './token-requests.service';
import { TokensController } from './tokens.controller';
import { TokensRepository } from './tokens.repository';
import { TokensResolver } from './tokens.resolver';
import { Tokens } from './tokens.service';

@Module({
  imports: [UsersModule],
  controllers: [TokensController],
  providers: [Tokens, TokensRepository, TokenRequests, TokensResolver],
  exports: [Tokens],
})
export class TokensModule {}
