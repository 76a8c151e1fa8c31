import type { Device, SessionRecord } from '../../contract/records';
import { instantOf } from '../../infra/database/database';

type Time = Date | string;

/** One row of the reads below, columns as both engines give them. */
export interface SessionRow {
  id: string;
  createdAt: Time;
  updatedAt: Time;
  userId: string;
  provider: string;
  providerUid: string;
  expiresAt: Time;
  ip: string;
  device: string;
  countryCode: string;
  factors: string;
  mfaUpdatedAt: Time | null;
  identityId: string | null;
  accessToken: string | null;
  accessTokenExpiry: Time | null;
  refreshToken: string | null;
}

const SELECT =
  'SELECT s.id, s.created_at AS createdAt, s.updated_at AS updatedAt, s.user_id AS userId, s.provider, s.provider_uid AS providerUid, s.expires_at AS expiresAt, ' +
  's.ip, s.device, s.country_code AS countryCode, s.factors, s.mfa_updated_at AS mfaUpdatedAt, s.identity_id AS identityId, ' +
  'i.provider_access_token AS accessToken, i.provider_access_token_expiry AS accessTokenExpiry, i.provider_refresh_token AS refreshToken ' +
  'FROM sessions s LEFT JOIN identities i ON i.project_id = s.project_id AND i.id = s.identity_id WHERE s.project_id = ? AND s.user_id = ?';

/** Oldest first; ids grow with time and settle ties. */
export const OF_USER = `${SELECT} ORDER BY s.created_at, s.id`;
export const ONE_OF_USER = `${SELECT} AND s.id = ?`;

export function sessionOf(row: SessionRow): SessionRecord {
  return {
    id: row.id,
    createdAt: instantOf(row.createdAt),
    updatedAt: instantOf(row.updatedAt),
    userId: row.userId,
    provider: row.provider,
    providerUid: row.providerUid,
    identityId: row.identityId,
    providerTokens: row.identityId === null ? null : { accessToken: row.accessToken, expiresAt: row.accessTokenExpiry === null ? null : instantOf(row.accessTokenExpiry), refreshToken: row.refreshToken },
    expiresAt: instantOf(row.expiresAt),
    ip: row.ip,
    device: JSON.parse(row.device) as Device,
    countryCode: row.countryCode,
    factors: JSON.parse(row.factors) as string[],
    mfaUpdatedAt: row.mfaUpdatedAt === null ? null : instantOf(row.mfaUpdatedAt),
  };
}
