import { Injectable } from '@nestjs/common';
import type { SignedInCaller } from '../../../contract/caller';
import { fail } from '../../../contract/errors';
import { isShortCode, ShortCodes } from '../../../infra/crypto/short-codes';
import { Outbox } from '../../../infra/outbox/outbox';
import type { ChallengeEntity } from '../../factors';
import { Projects } from '../../projects';
import type { Factor, Sending } from './factor';

/** A code sent to the user's verified phone number. */
@Injectable()
export class PhoneFactor implements Factor {
  readonly name = 'phone';
  readonly fits = isShortCode;

  constructor(
    private readonly projects: Projects,
    private readonly outbox: Outbox,
    private readonly codes: ShortCodes,
  ) {}

  /** @throws Failure `general_phone_disabled`, `user_phone_not_found`, `user_phone_not_verified` */
  prepare({ project, user, locale }: SignedInCaller): Sending {
    if (!this.projects.sendsSms(project)) throw fail('general_phone_disabled');
    const { phone } = user;
    if (!phone) throw fail('user_phone_not_found');
    if (!user.phoneVerified) throw fail('user_phone_not_verified');
    return {
      address: phone,
      fixed: this.projects.mockCode(project, phone),
      send: (otp) => this.outbox.publish(user.id, { name: 'smsMfaChallenge', projectId: project.id, to: phone, locale, data: { otp, project: project.name } }),
    };
  }

  async accept({ user }: SignedInCaller, { id, codeHash, address }: ChallengeEntity, otp: string): Promise<boolean> {
    return user.phoneVerified && user.phone === address && codeHash !== null && this.codes.matches(codeHash, id, otp);
  }
}
