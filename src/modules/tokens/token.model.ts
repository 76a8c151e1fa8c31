import { ObjectType } from '@nestjs/graphql';
import type { Caller } from '../../contract/caller';
import { datetime } from '../../contract/datetime';
import { Shown } from '../../contract/model';
import type { TokenEntity } from './token.entity';

@ObjectType('Token')
export class TokenModel {
  @Shown() $id: string;
  @Shown() $createdAt: string;
  @Shown() userId: string;
  /** For API keys only: a client is to get it from the mail. */
  @Shown() secret: string;
  @Shown() expire: string;
  @Shown() phrase: string;

  static of(token: TokenEntity, caller: Caller, { secret = '', phrase = '' } = {}): TokenModel {
    return {
      $id: token.id,
      $createdAt: datetime(token.createdAt),
      userId: token.userId,
      secret: caller.via === 'key' ? secret : '',
      expire: datetime(token.expiresAt),
      phrase,
    };
  }
}
