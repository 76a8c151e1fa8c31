import { Int, ObjectType } from '@nestjs/graphql';
import { datetime } from '../../contract/datetime';
import { Shown } from '../../contract/model';
import type { SessionRecord } from '../../contract/records';
import type { Country } from '../../infra/geo';
import type { ShownTokens } from '../users';

const NO_TOKENS: ShownTokens = { providerAccessToken: '', providerAccessTokenExpiry: '', providerRefreshToken: '' };

@ObjectType('Session')
export class SessionModel {
  @Shown() $id: string;
  @Shown() $createdAt: string;
  @Shown() $updatedAt: string;
  @Shown() userId: string;
  @Shown() expire: string;
  @Shown() provider: string;
  @Shown() providerUid: string;
  @Shown() providerAccessToken: string;
  @Shown() providerAccessTokenExpiry: string;
  @Shown() providerRefreshToken: string;
  @Shown() ip: string;
  @Shown() osCode: string;
  @Shown() osName: string;
  @Shown() osVersion: string;
  @Shown() clientType: string;
  @Shown() clientCode: string;
  @Shown() clientName: string;
  @Shown() clientVersion: string;
  @Shown() clientEngine: string;
  @Shown() clientEngineVersion: string;
  @Shown() deviceName: string;
  @Shown() deviceBrand: string;
  @Shown() deviceModel: string;
  @Shown() countryCode: string;
  @Shown() countryName: string;
  @Shown(() => Boolean) current: boolean;
  @Shown(() => [String]) factors: string[];
  /** For API keys only, and only where the session is made. */
  @Shown() secret: string;
  @Shown() mfaUpdatedAt: string;

  static of(session: SessionRecord, shown: { country: Country; current: boolean; secret?: string; tokens?: ShownTokens }): SessionModel {
    return {
      $id: session.id,
      $createdAt: datetime(session.createdAt),
      $updatedAt: datetime(session.updatedAt),
      userId: session.userId,
      expire: datetime(session.expiresAt),
      provider: session.provider,
      providerUid: session.providerUid,
      ...(shown.tokens ?? NO_TOKENS),
      ip: session.ip,
      ...session.device,
      countryCode: shown.country.code,
      countryName: shown.country.name,
      current: shown.current,
      factors: session.factors,
      secret: shown.secret ?? '',
      mfaUpdatedAt: datetime(session.mfaUpdatedAt),
    };
  }
}

@ObjectType('SessionList')
export class SessionListModel {
  @Shown(() => Int) total: number;
  @Shown(() => [SessionModel]) sessions: SessionModel[];
}
