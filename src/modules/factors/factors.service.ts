import { Injectable } from '@nestjs/common';
import { AuthenticatorsRepository } from './authenticators.repository';
import { ChallengesRepository } from './challenges.repository';
import { FactorLocksRepository } from './factor-locks.repository';
import { RecoveryCodesRepository } from './recovery-codes.repository';

/** All that a user has of factors. */
@Injectable()
export class Factors {
  constructor(
    private readonly authenticators: AuthenticatorsRepository,
    private readonly recoveryCodes: RecoveryCodesRepository,
    private readonly challenges: ChallengesRepository,
    private readonly locks: FactorLocksRepository,
  ) {}

  /** Inside a transaction. */
  async removeOf(projectId: string, userId: string): Promise<void> {
    await this.authenticators.removeOf(projectId, userId);
    await this.recoveryCodes.removeOf(projectId, userId);
    await this.challenges.removeOf(projectId, userId);
    await this.locks.removeOf(projectId, userId);
  }
}
