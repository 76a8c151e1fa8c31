/**
 * The floor: what a bare `node:http` server reaches with the same input, the same reads and writes through
 * prepared statements, and the same answer, and nothing else. No limits, no validation, no logs.
 */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { createServer, IncomingMessage } from 'node:http';
import { AddressInfo } from 'node:net';
import { createPool, PoolConnection, ResultSetHeader, RowDataPacket } from 'mysql2/promise';

type Row = RowDataPacket;
type Handler = (request: IncomingMessage) => Promise<{ status: number; body: string }>;

const KEY = randomBytes(32);
const HEADER = base64url('{"typ":"JWT","alg":"HS256"}');
const COOKIE = 'a_session_default=';

const ALIVE = 's.expires_at > ? AND u.status = 1';
const USER = `u.id, u.created_at, u.updated_at, u.accessed_at, u.registered_at, u.password_updated_at, u.name, u.email, u.phone,
  u.status, u.labels, u.prefs, u.email_verified, u.phone_verified, u.mfa`;
const JOINED = 'FROM floor_sessions s JOIN floor_users u ON u.id = s.user_id';
const BY_SECRET = `SELECT ${USER}, s.id AS session_id ${JOINED} WHERE s.secret_hash = ? AND ${ALIVE}`;
const BY_SESSION = `SELECT ${USER} ${JOINED} WHERE s.id = ? AND ${ALIVE}`;
const SESSION_ID = `SELECT s.id, s.user_id ${JOINED} WHERE s.secret_hash = ? AND ${ALIVE}`;
const SESSIONS = `SELECT l.* FROM floor_sessions s JOIN floor_sessions l ON l.user_id = s.user_id
  WHERE s.secret_hash = ? AND s.expires_at > ? ORDER BY l.created_at`;
const SET_PREFS = 'UPDATE floor_users SET prefs = ?, updated_at = ? WHERE id = ?';
const AUDIT = 'INSERT INTO floor_audit (project_id, user_id, event, ip, user_agent, created_at) VALUES (?, ?, ?, ?, ?, ?)';

const pool = createPool({ uri: process.env.DATABASE_URL, timezone: 'Z', connectionLimit: 20 });

const routes: Record<string, Handler> = {
  'GET /v1/account': async (request) => {
    const jwt = request.headers['x-appwrite-jwt'];
    const row = jwt ? await one(BY_SESSION, verified(String(jwt)).sessionId) : await one(BY_SECRET, hashOf(request));
    return ok(account(row));
  },

  'GET /v1/account/prefs': async (request) => ok(JSON.parse((await one(BY_SECRET, hashOf(request))).prefs)),

  'GET /v1/account/sessions': async (request) => {
    const hash = hashOf(request);
    const [rows] = await pool.execute<Row[]>(SESSIONS, [hash, new Date()]);
    if (!rows.length) throw new Error('no such session');
    return ok({ total: rows.length, sessions: rows.map((row) => session(row, hash)) });
  },

  'POST /v1/account/jwts': async (request) => {
    const row = await one(SESSION_ID, hashOf(request));
    const now = Math.floor(Date.now() / 1000);
    const claims = base64url(JSON.stringify({ userId: row.user_id, sessionId: row.id, iat: now, exp: now + 900 }));
    return { status: 201, body: JSON.stringify({ jwt: `${HEADER}.${claims}.${signed(`${HEADER}.${claims}`)}` }) };
  },

  'PATCH /v1/account/prefs': async (request) => {
    const { prefs } = JSON.parse(await bodyOf(request)) as { prefs: object };
    const row = await one(BY_SECRET, hashOf(request));
    const connection = await pool.getConnection();
    try {
      await setPrefs(connection, row, prefs, request);
    } finally {
      connection.release();
    }
    return ok(account(row));
  },
};

async function setPrefs(connection: PoolConnection, row: Row, prefs: object, { headers }: IncomingMessage): Promise<void> {
  const now = new Date();
  row.prefs = JSON.stringify(prefs);
  row.updated_at = now;
  await connection.query('BEGIN');
  await connection.execute<ResultSetHeader>(SET_PREFS, [row.prefs, now, row.id]);
  const agent = headers['user-agent'] ?? '';
  await connection.execute(AUDIT, ['default', row.id, 'user.update', headers['x-forwarded-for'] ?? '', agent, now]);
  await connection.query('COMMIT');
}

async function one(sql: string, key: string): Promise<Row> {
  const [rows] = await pool.execute<Row[]>(sql, [key, new Date()]);
  if (!rows.length) throw new Error('no such session');
  return rows[0];
}

function hashOf({ headers: { cookie = '' } }: IncomingMessage): string {
  const start = cookie.indexOf(COOKIE) + COOKIE.length;
  const end = cookie.indexOf(';', start);
  const value = decodeURIComponent(end < 0 ? cookie.slice(start) : cookie.slice(start, end));
  const { secret } = JSON.parse(Buffer.from(value, 'base64').toString()) as { secret: string };
  return createHash('sha256').update(secret).digest('hex');
}

function verified(jwt: string): { sessionId: string } {
  const at = jwt.lastIndexOf('.');
  if (signed(jwt.slice(0, at)) !== jwt.slice(at + 1)) throw new Error('bad signature');
  const claims = JSON.parse(Buffer.from(jwt.slice(jwt.indexOf('.') + 1, at), 'base64url').toString());
  if (claims.exp * 1000 < Date.now()) throw new Error('expired');
  return claims;
}

function signed(text: string): string {
  return createHmac('sha256', KEY).update(text).digest('base64url');
}

function base64url(text: string): string {
  return Buffer.from(text).toString('base64url');
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  request.setEncoding('utf8');
  for await (const part of request) body += part;
  return body;
}

const ok = (body: object) => ({ status: 200, body: JSON.stringify(body) });

const iso = (date: Date | null): string => (date ? date.toISOString().replace('Z', '+00:00') : '');

const account = (row: Row) => ({
  $id: row.id,
  $createdAt: iso(row.created_at),
  $updatedAt: iso(row.updated_at),
  name: row.name,
  registration: iso(row.registered_at),
  status: !!row.status,
  labels: JSON.parse(row.labels),
  passwordUpdate: iso(row.password_updated_at),
  email: row.email ?? '',
  phone: row.phone ?? '',
  emailVerification: !!row.email_verified,
  phoneVerification: !!row.phone_verified,
  mfa: !!row.mfa,
  prefs: JSON.parse(row.prefs),
  targets: [target(row)],
  accessedAt: iso(row.accessed_at),
});

const target = (row: Row) => ({
  $id: row.id,
  $createdAt: iso(row.created_at),
  $updatedAt: iso(row.created_at),
  name: '',
  userId: row.id,
  providerId: null,
  providerType: 'email',
  identifier: row.email,
  expired: false,
});

const session = (row: Row, hash: string) => ({
  $id: row.id, $createdAt: iso(row.created_at), $updatedAt: iso(row.updated_at), userId: row.user_id, expire: iso(row.expires_at),
  provider: row.provider, providerUid: row.provider_uid ?? '', providerAccessToken: row.provider_access_token ?? '',
  providerAccessTokenExpiry: iso(row.provider_token_expires_at), providerRefreshToken: row.provider_refresh_token ?? '',
  ip: row.ip, ...JSON.parse(row.device), countryCode: row.country_code, countryName: 'Unknown',
  current: row.secret_hash === hash, factors: JSON.parse(row.factors), secret: '', mfaUpdatedAt: iso(row.mfa_updated_at),
});

const server = createServer((request, response) => {
  const handler = routes[`${request.method} ${request.url}`];
  handler(request).then(
    ({ status, body }) => {
      response.writeHead(status, {
        'Content-Type': 'application/json; charset=utf-8',
        'Content-Length': Buffer.byteLength(body),
        'Cache-Control': 'private, no-store',
      });
      response.end(body);
    },
    (error: Error) => response.writeHead(500).end(error.message),
  );
});
server.listen(0, '127.0.0.1', () => process.send?.({ ready: true, port: (server.address() as AddressInfo).port }));
process.on('disconnect', () => process.exit());
