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
}

const SELECT =
  'SELECT id, created_at AS createdAt, updated_at AS updatedAt, user_id AS userId, provider, provider_uid AS providerUid, expires_at AS expiresAt, ' +
  'ip, device, country_code AS countryCode, factors, mfa_updated_at AS mfaUpdatedAt FROM sessions WHERE project_id = ? AND user_id = ?';

/** Oldest first; ids grow with time and settle ties. */
export const OF_USER = `${SELECT} ORDER BY created_at, id`;
export const ONE_OF_USER = `${SELECT} AND id = ?`;

export function sessionOf(row: SessionRow): SessionRecord {
  return {
    id: row.id,
    createdAt: instantOf(row.createdAt),
    updatedAt: instantOf(row.updatedAt),
    userId: row.userId,
    provider: row.provider,
    providerUid: row.providerUid,
    expiresAt: instantOf(row.expiresAt),
    ip: row.ip,
    device: JSON.parse(row.device) as Device,
    countryCode: row.countryCode,
    factors: JSON.parse(row.factors) as string[],
    mfaUpdatedAt: row.mfaUpdatedAt === null ? null : instantOf(row.mfaUpdatedAt),
  };
}
