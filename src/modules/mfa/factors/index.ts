import { Injectable } from '@nestjs/common';
import type { FactorName } from '../../factors';
import { EmailFactor } from './email.factor';
import type { Factor } from './factor';
import { PhoneFactor } from './phone.factor';
import { RecoveryCodeFactor } from './recovery-code.factor';
import { TotpFactor } from './totp.factor';

/** Every factor that can be asked for. */
export const FACTORS = [TotpFactor, EmailFactor, PhoneFactor, RecoveryCodeFactor];

@Injectable()
export class FactorList {
  private readonly byName: ReadonlyMap<FactorName, Factor>;

  constructor(totp: TotpFactor, email: EmailFactor, phone: PhoneFactor, recoveryCode: RecoveryCodeFactor) {
    this.byName = new Map([totp, email, phone, recoveryCode].map((factor) => [factor.name, factor]));
  }

  named(name: FactorName): Factor {
    return this.byName.get(name)!;
  }
}
