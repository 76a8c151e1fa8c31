import { Injectable } from '@nestjs/common';
import type { SignedInCaller } from '../../../contract/caller';
import { fail } from '../../../contract/errors';
import { isShortCode, ShortCodes } from '../../../infra/crypto/short-codes';
import { Devices } from '../../../infra/devices';
import type { ChallengeEntity } from '../../factors';
import { Postage, Projects } from '../../projects';
import type { Factor, Sending } from './factor';

/** A code sent to the user's verified e-mail address. */
@Injectable()
export class EmailFactor implements Factor {
  readonly name = 'email';
  readonly fits = isShortCode;

  constructor(
    private readonly projects: Projects,
    private readonly postage: Postage,
    private readonly codes: ShortCodes,
    private readonly devices: Devices,
  ) {}

  /** @throws Failure `general_smtp_disabled`, `user_email_not_found`, `user_email_not_verified`, `general_rate_limit_exceeded` */
  async prepare({ project, user, locale, userAgent }: SignedInCaller): Promise<Sending> {
    if (!this.projects.sendsMail(project)) throw fail('general_smtp_disabled');
    const { email } = user;
    if (!email) throw fail('user_email_not_found');
    if (!user.emailVerified) throw fail('user_email_not_verified');
    const stamp = await this.postage.mail(project, email);
    return {
      address: email,
      send: (otp, expire) => {
        const data = { user: user.name, project: project.name, otp, expire, ...this.devices.words(userAgent) };
        return this.postage.send(stamp, user.id, { name: 'mfaChallenge', locale, data });
      },
    };
  }

  async accept({ user }: SignedInCaller, { id, codeHash, address }: ChallengeEntity, otp: string): Promise<boolean> {
    return user.emailVerified && user.email === address && codeHash !== null && this.codes.matches(codeHash, id, otp);
  }
}
