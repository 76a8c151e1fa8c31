import { randomBytes } from 'node:crypto';
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
    mfa: false,
    prefs: '{}',
    accessedAt: at,
    ...over,
  };
}
