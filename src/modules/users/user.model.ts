import { ObjectType } from '@nestjs/graphql';
import { datetime } from '../../contract/datetime';
import { Shown } from '../../contract/model';
import type { UserRecord } from '../../contract/records';
import { PreferencesModel } from './preferences.model';
import { TargetModel } from './target.model';

/** The user as he sees himself. */
@ObjectType('User')
export class UserModel {
  @Shown() $id: string;
  @Shown() $createdAt: string;
  @Shown() $updatedAt: string;
  @Shown() name: string;
  @Shown() registration: string;
  @Shown(() => Boolean) status: boolean;
  @Shown(() => [String]) labels: string[];
  @Shown() passwordUpdate: string;
  @Shown() email: string;
  @Shown() phone: string;
  @Shown(() => Boolean) emailVerification: boolean;
  @Shown(() => Boolean) phoneVerification: boolean;
  @Shown(() => Boolean) mfa: boolean;
  @Shown(() => PreferencesModel) prefs: object;
  @Shown(() => [TargetModel]) targets: TargetModel[];
  @Shown() accessedAt: string;

  static of(user: UserRecord): UserModel {
    const createdAt = datetime(user.createdAt);
    return {
      $id: user.id,
      $createdAt: createdAt,
      $updatedAt: datetime(user.updatedAt),
      name: user.name,
      registration: createdAt,
      status: user.status,
      labels: user.labels,
      passwordUpdate: datetime(user.passwordUpdatedAt),
      email: user.email ?? '',
      phone: user.phone ?? '',
      emailVerification: user.emailVerified,
      phoneVerification: user.phoneVerified,
      mfa: user.mfa,
      prefs: JSON.parse(user.prefs) as object,
      targets: JSON.parse(user.targets) as TargetModel[],
      accessedAt: datetime(user.accessedAt),
    };
  }
}
