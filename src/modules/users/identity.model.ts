import { Int, ObjectType } from '@nestjs/graphql';
import { datetime } from '../../contract/datetime';
import { Shown } from '../../contract/model';
import type { IdentityEntity } from './identity.entity';

/** A provider's tokens, opened: their owner may see them. */
export interface ShownTokens {
  providerAccessToken: string;
  providerAccessTokenExpiry: string;
  providerRefreshToken: string;
}

@ObjectType('Identity')
export class IdentityModel {
  @Shown() $id: string;
  @Shown() $createdAt: string;
  @Shown() $updatedAt: string;
  @Shown() userId: string;
  @Shown() provider: string;
  @Shown() providerUid: string;
  @Shown() providerEmail: string;
  @Shown() providerAccessToken: string;
  @Shown() providerAccessTokenExpiry: string;
  @Shown() providerRefreshToken: string;

  static of(identity: IdentityEntity, tokens: ShownTokens): IdentityModel {
    return {
      $id: identity.id,
      $createdAt: datetime(identity.createdAt),
      $updatedAt: datetime(identity.updatedAt),
      userId: identity.userId,
      provider: identity.provider,
      providerUid: identity.providerUid,
      providerEmail: identity.providerEmail,
      ...tokens,
    };
  }
}

@ObjectType('IdentityList')
export class IdentityListModel {
  @Shown(() => Int) total: number;
  @Shown(() => [IdentityModel]) identities: IdentityModel[];
}
