import { Module } from '@nestjs/common';
import { Attempts } from './attempts.service';
import { AttemptsRepository } from './attempts.repository';
import { Discovery } from './discovery';
import { IdTokens } from './id-tokens';
import { OAuthClient } from './oauth-client';
import { Outbound } from './outbound';

@Module({
  providers: [OAuthClient, Attempts, AttemptsRepository, Discovery, IdTokens, Outbound],
  exports: [OAuthClient, Attempts],
})
export class OAuthModule {}
