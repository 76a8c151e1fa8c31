import { createConnection } from 'mysql2/promise';
import { Person, secretHash } from './people';

/** As wide as the product's rows must be to answer Appwrite's User and Session models. */
const TABLES = [
  `CREATE TABLE floor_users (
    id VARCHAR(36) COLLATE utf8mb4_bin PRIMARY KEY, project_id VARCHAR(36) NOT NULL,
    created_at DATETIME(3) NOT NULL, updated_at DATETIME(3) NOT NULL, accessed_at DATETIME(3) NOT NULL,
    registered_at DATETIME(3) NOT NULL, password_updated_at DATETIME(3),
    name VARCHAR(128) NOT NULL, email VARCHAR(320) COLLATE utf8mb4_bin UNIQUE, phone VARCHAR(16) UNIQUE,
    password VARCHAR(255), algorithm VARCHAR(32), status BOOLEAN NOT NULL, labels TEXT NOT NULL, prefs MEDIUMTEXT NOT NULL,
    email_verified BOOLEAN NOT NULL, phone_verified BOOLEAN NOT NULL, mfa BOOLEAN NOT NULL)`,
  `CREATE TABLE floor_sessions (
    id VARCHAR(36) COLLATE utf8mb4_bin PRIMARY KEY, project_id VARCHAR(36) NOT NULL,
    user_id VARCHAR(36) COLLATE utf8mb4_bin NOT NULL, secret_hash CHAR(64) COLLATE utf8mb4_bin NOT NULL UNIQUE,
    created_at DATETIME(3) NOT NULL, updated_at DATETIME(3) NOT NULL, expires_at DATETIME(3) NOT NULL, mfa_updated_at DATETIME(3),
    provider VARCHAR(64) NOT NULL, provider_uid VARCHAR(320), provider_access_token TEXT, provider_token_expires_at DATETIME(3),
    provider_refresh_token TEXT, factors VARCHAR(255) NOT NULL, ip VARCHAR(45) NOT NULL,
    device TEXT NOT NULL, country_code CHAR(2), INDEX (user_id))`,
  `CREATE TABLE floor_audit (
    id BIGINT AUTO_INCREMENT PRIMARY KEY, project_id VARCHAR(36) NOT NULL, user_id VARCHAR(36) COLLATE utf8mb4_bin NOT NULL,
    event VARCHAR(64) NOT NULL, ip VARCHAR(45) NOT NULL, user_agent VARCHAR(512) NOT NULL, created_at DATETIME(3) NOT NULL,
    INDEX (user_id, created_at))`,
];

export async function seedFloor(url: string, people: Person[]): Promise<void> {
  const database = await createConnection({ uri: url, timezone: 'Z' });
  try {
    for (const table of TABLES) await database.query(table);
    for (let at = 0; at < people.length; at += 500) {
      const some = people.slice(at, at + 500);
      await insert(database, 'floor_users', some.map(user));
      await insert(database, 'floor_sessions', some.flatMap(sessions));
    }
  } finally {
    await database.end();
  }
}

type Row = Record<string, unknown>;

async function insert(database: { query(sql: string, values: unknown[]): Promise<unknown> }, table: string, rows: Row[]) {
  const columns = Object.keys(rows[0]);
  await database.query(`INSERT INTO ${table} (${columns.join(', ')}) VALUES ?`, [rows.map((row) => Object.values(row))]);
}

const DEVICE = JSON.stringify({
  osCode: 'LIN', osName: 'GNU/Linux', osVersion: '',
  clientType: 'browser', clientCode: 'CH', clientName: 'Chrome', clientVersion: '131.0', clientEngine: 'Blink', clientEngineVersion: '131.0.0.0',
  deviceName: 'desktop', deviceBrand: '', deviceModel: '',
});

const user = (person: Person): Row => ({
  ...born(),
  id: person.id,
  registered_at: new Date(),
  accessed_at: new Date(),
  password_updated_at: new Date(),
  name: person.name,
  email: person.email,
  password: '$2b$10$abcdefghijklmnopqrstuuVr1mJkTz0OaE1lDPrk2x7Gi6bCm3y3C',
  algorithm: 'bcrypt-sha384',
  status: true,
  labels: '[]',
  prefs: '{}',
  email_verified: false,
  phone_verified: false,
  mfa: false,
});

const sessions = (person: Person): Row[] =>
  person.sessions.map(({ id, secret }) => ({
    ...born(),
    id,
    user_id: person.id,
    secret_hash: secretHash(secret),
    expires_at: new Date(Date.now() + 31_536_000_000),
    provider: 'email',
    provider_uid: person.email,
    factors: '["password"]',
    ip: '198.18.0.1',
    device: DEVICE,
    country_code: '--',
  }));

const born = (): Row => ({ project_id: 'default', created_at: new Date(), updated_at: new Date() });
