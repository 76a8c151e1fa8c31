import { Injectable } from '@nestjs/common';
import type { SignedInCaller } from '../../../contract/caller';
import { isShortCode } from '../../../infra/crypto/short-codes';
import { Authenticators, type ChallengeEntity } from '../../factors';
import type { Factor } from './factor';

/** A code of the authenticator app. */
@Injectable()
export class TotpFactor implements Factor {
  readonly name = 'totp';
  readonly fits = isShortCode;

  constructor(private readonly authenticators: Authenticators) {}

  async prepare(): Promise<null> {
    return null;
  }

  accept({ project, user }: SignedInCaller, _: ChallengeEntity, otp: string): Promise<boolean> {
    return this.authenticators.accept(project, user.id, otp);
  }
}
