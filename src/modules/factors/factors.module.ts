import { Module } from '@nestjs/common';
import { UsersModule } from '../users';
import { Authenticators } from './authenticators.service';
import { AuthenticatorsRepository } from './authenticators.repository';
import { ChallengesRepository } from './challenges.repository';
import { FactorLocksRepository } from './factor-locks.repository';
import { Factors } from './factors.service';
import { Guesses } from './guesses';
import { RecoveryCodes } from './recovery-codes.service';
import { RecoveryCodesRepository } from './recovery-codes.repository';

const offered = [Authenticators, RecoveryCodes, Guesses, Factors, ChallengesRepository];

@Module({
  imports: [UsersModule],
  providers: [...offered, AuthenticatorsRepository, RecoveryCodesRepository, FactorLocksRepository],
  exports: offered,
})
export class FactorsModule {}
