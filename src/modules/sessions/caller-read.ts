import type { Device, SessionRecord, TargetRecord, UserRecord } from '../../contract/records';
import { instantOf } from '../../infra/database/database';

type Time = Date | string;

/** One row of the read below, columns as both engines give them. */
export interface CallerRow {
  id: string;
  createdAt: Time;
  updatedAt: Time;
  provider: string;
  providerUid: string;
  expiresAt: Time;
  ip: string;
  device: string;
  countryCode: string;
  factors: string;
  mfaUpdatedAt: Time | null;
  userId: string;
  userCreatedAt: Time;
  userUpdatedAt: Time;
  name: string;
  email: string | null;
  phone: string | null;
  emailVerified: number;
  phoneVerified: number;
  status: number;
  labels: string;
  passwordUpdatedAt: Time | null;
  mfa: number;
  prefs: string;
  accessedAt: Time;
  targetId: string | null;
  targetCreatedAt: Time;
  targetUpdatedAt: Time;
  targetName: string;
  targetProviderId: string | null;
  targetProviderType: TargetRecord['providerType'];
  targetIdentifier: string;
  targetExpired: number;
}

/**
 * The read behind every signed-in request: a session, its user and his targets at once, found by one unique index.
 * A user has a row for each target, so his preferences ride only on the first (the one without an elder).
 */
function select(condition: string): string {
  return `SELECT s.id AS id, s.created_at AS createdAt, s.updated_at AS updatedAt, s.provider AS provider, s.provider_uid AS providerUid,
    s.expires_at AS expiresAt, s.ip AS ip, s.device AS device, s.country_code AS countryCode, s.factors AS factors,
    s.mfa_updated_at AS mfaUpdatedAt, u.id AS userId, u.created_at AS userCreatedAt, u.updated_at AS userUpdatedAt, u.name AS name,
    u.email AS email, u.phone AS phone, u.email_verified AS emailVerified, u.phone_verified AS phoneVerified, u.status AS status,
    u.labels AS labels, u.password_updated_at AS passwordUpdatedAt, u.mfa AS mfa, u.prefs AS prefs, u.accessed_at AS accessedAt,
    t.id AS targetId, t.created_at AS targetCreatedAt, t.updated_at AS targetUpdatedAt, t.name AS targetName,
    t.provider_id AS targetProviderId, t.provider_type AS targetProviderType, t.identifier AS targetIdentifier, t.expired AS targetExpired
  FROM sessions s
  JOIN users u ON u.project_id = s.project_id AND u.id = s.user_id
  LEFT JOIN targets t ON t.project_id = u.project_id AND t.user_id = u.id
  WHERE s.project_id = ? AND ${condition} = ? AND s.expires_at > ?`;
}

export const BY_SECRET = select('s.secret_hash');
export const BY_ID = select('s.id');

export interface Known {
  user: UserRecord;
  session: SessionRecord;
}

/** Folds the rows of one session, one a target, into what a caller is made of. */
export function fold(rows: CallerRow[]): Known | null {
  const [row] = rows;
  if (!row) return null;
  return { user: userOf(row, rows), session: sessionOf(row) };
}

function sessionOf(row: CallerRow): SessionRecord {
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

function userOf(row: CallerRow, rows: CallerRow[]): UserRecord {
  return {
    id: row.userId,
    createdAt: instantOf(row.userCreatedAt),
    updatedAt: instantOf(row.userUpdatedAt),
    name: row.name,
    email: row.email,
    phone: row.phone,
    emailVerified: Boolean(row.emailVerified),
    phoneVerified: Boolean(row.phoneVerified),
    status: Boolean(row.status),
    labels: JSON.parse(row.labels) as string[],
    passwordUpdatedAt: row.passwordUpdatedAt === null ? null : instantOf(row.passwordUpdatedAt),
    mfa: Boolean(row.mfa),
    prefs: row.prefs,
    accessedAt: instantOf(row.accessedAt),
    targets: row.targetId === null ? [] : rows.map(targetOf),
  };
}

function targetOf(row: CallerRow): TargetRecord {
  return {
    id: row.targetId!,
    createdAt: instantOf(row.targetCreatedAt),
    updatedAt: instantOf(row.targetUpdatedAt),
    userId: row.userId,
    name: row.targetName,
    providerId: row.targetProviderId,
    providerType: row.targetProviderType,
    identifier: row.targetIdentifier,
    expired: Boolean(row.targetExpired),
  };
}
