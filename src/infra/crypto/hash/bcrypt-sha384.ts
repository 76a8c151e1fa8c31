import { createHash } from 'node:crypto';
import { compare, getRounds, hash } from 'bcrypt';
import { bcrypt } from './bcrypt';

/**
 * bcrypt reads 72 bytes and stops at a NUL (CVE-2025-25298). SHA-384 in base64 is 64 characters without NUL,
 * so the whole password counts.
 */
function whole(password: string): string {
  return createHash('sha384').update(password, 'utf8').digest('base64');
}

/** Ours. */
export const bcryptSha384 = {
  hash: (password: string, cost: number): Promise<string> => hash(whole(password), cost),
  verify: (password: string, stored: string): Promise<boolean> => compare(whole(password), stored),
  cost: (stored: string): number => getRounds(stored),
  check: (stored: string): void => bcrypt.check(stored),
};
