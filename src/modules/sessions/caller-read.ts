import type { CallerSession, TargetRecord, UserRecord } from '../../contract/records';
import { instantOf } from '../../infra/database/database';

type Time = Date | string;

/** One row of the read below, columns as both engines give them. */
export interface CallerRow {
  id: string;
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
  /** On one of the rows. */
  prefs: string | null;
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
 * A user has a row for each target; his preferences, up to 64 KiB, ride on the first only.
 */
function select(condition: string): string {
  const sql = `SELECT s.id AS id, s.factors AS factors, s.mfa_updated_at AS mfaUpdatedAt,
    u.id AS userId, u.created_at AS userCreatedAt, u.updated_at AS userUpdatedAt, u.name AS name,
    u.email AS email, u.phone AS phone, u.email_verified AS emailVerified, u.phone_verified AS phoneVerified, u.status AS status,
    u.labels AS labels, u.password_updated_at AS passwordUpdatedAt, u.mfa AS mfa, u.accessed_at AS accessedAt,
    CASE WHEN t.id IS NULL OR t.id = (SELECT MIN(f.id) FROM targets f WHERE f.project_id = u.project_id AND f.user_id = u.id) THEN u.prefs END AS prefs,
    t.id AS targetId, t.created_at AS targetCreatedAt, t.updated_at AS targetUpdatedAt, t.name AS targetName,
    t.provider_id AS targetProviderId, t.provider_type AS targetProviderType, t.identifier AS targetIdentifier, t.expired AS targetExpired
  FROM sessions s
  JOIN users u ON u.project_id = s.project_id AND u.id = s.user_id
  LEFT JOIN targets t ON t.project_id = u.project_id AND t.user_id = u.id
  WHERE s.project_id = ? AND ${condition} = ? AND s.expires_at > ?`;
  // The driver hashes the text at every call: white space is not for it.
  return sql.replace(/\s+/g, ' ');
}

export const BY_SECRET = select('s.secret_hash');
export const BY_ID = select('s.id');

export interface Known {
  user: UserRecord;
  session: CallerSession;
}

/** Folds the rows of one session, one a target, into what a caller is made of. */
export function fold(rows: CallerRow[]): Known | null {
  const [row] = rows;
  if (!row) return null;
  return { user: userOf(row, rows), session: sessionOf(row) };
}

function sessionOf(row: CallerRow): CallerSession {
  return {
    id: row.id,
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
    prefs: rows.find(({ prefs }) => prefs !== null)!.prefs!,
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
