import { ObjectType } from '@nestjs/graphql';
import { datetime } from '../../contract/datetime';
import { Shown } from '../../contract/model';
import type { TargetRecord } from '../../contract/records';

@ObjectType('Target')
export class TargetModel {
  @Shown() $id: string;
  @Shown() $createdAt: string;
  @Shown() $updatedAt: string;
  @Shown() name: string;
  @Shown() userId: string;
  @Shown(() => String, { nullable: true }) providerId: string | null;
  @Shown() providerType: string;
  @Shown() identifier: string;
  @Shown(() => Boolean) expired: boolean;

  static of(target: TargetRecord): TargetModel {
    return {
      $id: target.id,
      $createdAt: datetime(target.createdAt),
      $updatedAt: datetime(target.updatedAt),
      name: target.name,
      userId: target.userId,
      providerId: target.providerId,
      providerType: target.providerType,
      identifier: target.identifier,
      expired: target.expired,
    };
  }
}
