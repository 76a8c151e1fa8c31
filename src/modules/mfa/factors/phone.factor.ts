import { Injectable } from '@nestjs/common';
import type { SignedInCaller } from '../../../contract/caller';
import { fail } from '../../../contract/errors';
import { isShortCode, ShortCodes } from '../../../infra/crypto/short-codes';
import type { ChallengeEntity } from '../../factors';
import { Postage, Projects } from '../../projects';
import type { Factor, Sending } from './factor';

/** A code sent to the user's verified phone number. */
@Injectable()
export class PhoneFactor implements Factor {
  readonly name = 'phone';
  readonly fits = isShortCode;

  constructor(
    private readonly projects: Projects,
    private readonly postage: Postage,
    private readonly codes: ShortCodes,
  ) {}

  /** @throws Failure `general_phone_disabled`, `user_phone_not_found`, `user_phone_not_verified`, and as {@link Postage.sms} */
  async prepare({ project, user, locale }: SignedInCaller): Promise<Sending> {
    if (!this.projects.sendsSms(project)) throw fail('general_phone_disabled');
    const { phone } = user;
    if (!phone) throw fail('user_phone_not_found');
    if (!user.phoneVerified) throw fail('user_phone_not_verified');
    const stamp = await this.postage.sms(project, phone);
    return {
      address: phone,
      fixed: this.projects.mockCode(project, phone),
      send: (otp, expire) => this.postage.send(stamp, user.id, { name: 'smsMfaChallenge', locale, data: { otp, project: project.name, expire } }),
    };
  }

  async accept({ user }: SignedInCaller, { id, codeHash, address }: ChallengeEntity, otp: string): Promise<boolean> {
    return user.phoneVerified && user.phone === address && codeHash !== null && this.codes.matches(codeHash, id, otp);
  }
}
