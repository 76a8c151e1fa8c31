import { ObjectType } from '@nestjs/graphql';
import { datetime } from '../../contract/datetime';
import { Shown } from '../../contract/model';

@ObjectType('MfaType')
export class MfaTypeModel {
  /** Base32, for typing in. Shown once. */
  @Shown() secret: string;
  /** `otpauth:` URI, for a QR code. */
  @Shown() uri: string;
}

@ObjectType('MfaFactors')
export class MfaFactorsModel {
  @Shown(() => Boolean) totp: boolean;
  @Shown(() => Boolean) phone: boolean;
  @Shown(() => Boolean) email: boolean;
  @Shown(() => Boolean) recoveryCode: boolean;
}

@ObjectType('MfaRecoveryCodes')
export class MfaRecoveryCodesModel {
  @Shown(() => [String]) recoveryCodes: string[];
}

@ObjectType('MfaChallenge')
export class MfaChallengeModel {
  @Shown() $id: string;
  @Shown() $createdAt: string;
  @Shown() userId: string;
  @Shown() expire: string;

  static of({ id, createdAt, userId, expiresAt }: { id: string; createdAt: Date; userId: string; expiresAt: Date }): MfaChallengeModel {
    return { $id: id, $createdAt: datetime(createdAt), userId, expire: datetime(expiresAt) };
  }
}
