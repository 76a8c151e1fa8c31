import { randomBytes } from 'node:crypto';
import type { TokenEntity } from '../../src/modules/tokens';
import type { UserEntity } from '../../src/modules/users';

/** A user as a row, with nothing remarkable about it. */
export function rowOfUser(over: Partial<UserEntity> = {}): UserEntity {
  const at = new Date('2026-01-01T12:00:00.123Z');
  const id = randomBytes(10).toString('hex');
  return {
    projectId: 'default',
    id,
    createdAt: at,
    updatedAt: at,
    name: 'Ada',
    email: `${id}@example.com`,
    phone: null,
    emailVerified: false,
    phoneVerified: false,
    status: true,
    labels: [],
    passwordHash: null,
    passwordAlgorithm: null,
    passwordUpdatedAt: null,
    passwordHistory: null,
    mfa: false,
    totp: false,
    prefs: '{}',
    targets: '[]',
    accessedAt: at,
    ...over,
  };
}

/** Ada's token, an hour long. */
export function rowOfToken(over: Partial<TokenEntity> = {}): TokenEntity {
  const at = new Date('2026-01-01T12:00:00.123Z');
  return {
    projectId: 'default',
    id: randomBytes(10).toString('hex'),
    createdAt: at,
    userId: 'ada',
    kind: 'verification',
    secretHash: 'a'.repeat(64),
    address: 'ada@example.com',
    expiresAt: new Date(at.getTime() + 3_600_000),
    spentAt: null,
    attempts: 0,
    ...over,
  };
}
