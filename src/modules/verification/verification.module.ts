import { Module } from '@nestjs/common';
import { SessionsModule } from '../sessions';
import { TokensModule } from '../tokens';
import { UsersModule } from '../users';
import { Recovery } from './recovery.service';
import { VerificationController } from './verification.controller';
import { VerificationResolver } from './verification.resolver';
import { Verification } from './verification.service';

@Module({
  imports: [UsersModule, TokensModule, SessionsModule],
  controllers: [VerificationController],
  providers: [Verification, Recovery, VerificationResolver],
  exports: [Verification],
})
export class VerificationModule {}
