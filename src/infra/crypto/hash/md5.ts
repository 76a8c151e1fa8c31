import { hash } from 'node:crypto';
import { sameDigest } from '../secrets';
import { type ForeignHash, HashRefused } from './foreign';

/** MD5 of the password, hex, without salt. */
export const md5: ForeignHash = {
  encode: (hex) => hex.toLowerCase(),

  check(stored) {
    if (!/^[0-9a-f]{32}$/.test(stored)) throw new HashRefused('is not MD5 in 32 hex characters');
  },

  verify: async (password, stored) => sameDigest(hash('md5', password, 'hex'), stored),
};
