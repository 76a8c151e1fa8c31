import type { CallerSession, UserRecord } from '../../contract/records';
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
  totp: number;
  prefs: string;
  targets: string;
  accessedAt: Time;
}

/** The read behind every signed-in request: a session and its user at once, found by one unique index. */
function select(condition: string): string {
  const sql = `SELECT s.id AS id, s.factors AS factors, s.mfa_updated_at AS mfaUpdatedAt,
    u.id AS userId, u.created_at AS userCreatedAt, u.updated_at AS userUpdatedAt, u.name AS name,
    u.email AS email, u.phone AS phone, u.email_verified AS emailVerified, u.phone_verified AS phoneVerified, u.status AS status,
    u.labels AS labels, u.password_updated_at AS passwordUpdatedAt, u.mfa AS mfa, u.totp AS totp, u.prefs AS prefs, u.shown_targets AS targets,
    u.accessed_at AS accessedAt
  FROM sessions s
  JOIN users u ON u.project_id = s.project_id AND u.id = s.user_id
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

/** What a caller is made of. */
export function knownFrom(row: CallerRow): Known {
  return { user: userOf(row), session: sessionOf(row) };
}

function sessionOf(row: CallerRow): CallerSession {
  return {
    id: row.id,
    factors: JSON.parse(row.factors) as string[],
    mfaUpdatedAt: row.mfaUpdatedAt === null ? null : instantOf(row.mfaUpdatedAt),
  };
}

function userOf(row: CallerRow): UserRecord {
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
    totp: Boolean(row.totp),
    prefs: row.prefs,
    accessedAt: instantOf(row.accessedAt),
    targets: row.targets,
  };
}
