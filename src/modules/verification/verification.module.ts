import { Module } from '@nestjs/common';
import { TokensModule } from '../tokens';
import { UsersModule } from '../users';
import { VerificationController } from './verification.controller';
import { VerificationResolver } from './verification.resolver';
import { Verification } from './verification.service';

@Module({
  imports: [UsersModule, TokensModule],
  controllers: [VerificationController],
  providers: [Verification, VerificationResolver],
  exports: [Verification],
})
export class VerificationModule {}
