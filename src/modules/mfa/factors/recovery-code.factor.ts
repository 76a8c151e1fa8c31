import { Injectable } from '@nestjs/common';
import type { SignedInCaller } from '../../../contract/caller';
import { type ChallengeEntity, isRecoveryCode, RecoveryCodes } from '../../factors';
import type { Factor } from './factor';

/** One of the codes on paper. */
@Injectable()
export class RecoveryCodeFactor implements Factor {
  readonly name = 'recoveryCode';
  readonly fits = isRecoveryCode;

  constructor(private readonly codes: RecoveryCodes) {}

  async prepare(): Promise<null> {
    return null;
  }

  accept({ project, user }: SignedInCaller, _: ChallengeEntity, otp: string): Promise<boolean> {
    return this.codes.accept(project, user.id, otp);
  }
}
