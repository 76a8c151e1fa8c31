import { Int, ObjectType } from '@nestjs/graphql';
import { datetime } from '../../contract/datetime';
import { Shown } from '../../contract/model';
import type { IdentityEntity } from './identity.entity';

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

  /** @param open opens the sealed tokens: their owner may see them */
  static of(identity: IdentityEntity, open: (sealed: string | null) => string): IdentityModel {
    return {
      $id: identity.id,
      $createdAt: datetime(identity.createdAt),
      $updatedAt: datetime(identity.updatedAt),
      userId: identity.userId,
      provider: identity.provider,
      providerUid: identity.providerUid,
      providerEmail: identity.providerEmail,
      providerAccessToken: open(identity.providerAccessToken),
      providerAccessTokenExpiry: datetime(identity.providerAccessTokenExpiry),
      providerRefreshToken: open(identity.providerRefreshToken),
    };
  }
}

@ObjectType('IdentityList')
export class IdentityListModel {
  @Shown(() => Int) total: number;
  @Shown(() => [IdentityModel]) identities: IdentityModel[];
}
