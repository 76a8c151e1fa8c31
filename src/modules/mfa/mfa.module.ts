import { Module } from '@nestjs/common';
import { FactorsModule } from '../factors';
import { SessionsModule } from '../sessions';
import { UsersModule } from '../users';
import { Challenges } from './challenges.service';
import { FactorList, FACTORS } from './factors';
import { MfaController } from './mfa.controller';
import { MfaResolver } from './mfa.resolver';
import { Mfa } from './mfa.service';

@Module({
  imports: [UsersModule, FactorsModule, SessionsModule],
  controllers: [MfaController],
  providers: [Mfa, Challenges, FactorList, ...FACTORS, MfaResolver],
})
export class MfaModule {}
