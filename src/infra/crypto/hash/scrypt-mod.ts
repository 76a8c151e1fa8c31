import { createCipheriv, scrypt as derive, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { type ForeignHash, HashRefused, textOption } from './foreign';

const derived = promisify<string, Buffer, number, object, Buffer>(derive);

/** Firebase's `mem_cost` 14 and `rounds` 8, the same for every project. */
const COST = { N: 2 ** 14, r: 8, p: 1 };
/** Characters of each part. */
const MOST = 128;

/**
 * Firebase's scrypt: its output is the key with which the project's signer key is encrypted.
 * Kept as `scryptMod$<salt>$<separator>$<signer key>$<hash>`, each in base64.
 */
export const scryptMod: ForeignHash = {
  encode: (hash, options) => ['scryptMod', textOption(options, 'salt'), textOption(options, 'saltSeparator'), textOption(options, 'signerKey'), hash].map(standard).join('$'),

  check(stored) {
    const parts = stored.split('$').slice(1);
    if (parts.length !== 4) throw new HashRefused('is not scryptMod: salt, separator, signer key and hash');
    for (const [index, name] of ['salt', 'saltSeparator', 'signerKey', 'hash'].entries()) {
      const part = parts[index];
      if (part.length > MOST || !/^[A-Za-z0-9+/]*={0,2}$/.test(part)) throw new HashRefused(`scryptMod ${name} is not base64 of at most ${MOST} characters`);
    }
    const { signerKey, hash } = parse(stored);
    if (signerKey.length < 16) throw new HashRefused('scryptMod signerKey is shorter than 16 bytes');
    if (hash.length !== signerKey.length) throw new HashRefused('scryptMod hash and signerKey differ in length');
  },

  async verify(password, stored) {
    const { salt, signerKey, hash } = parse(stored);
    const key = await derived(password, salt, 32, COST);
    const cipher = createCipheriv('aes-256-ctr', key, Buffer.alloc(16));
    return timingSafeEqual(Buffer.concat([cipher.update(signerKey), cipher.final()]), hash);
  },
};

/** Exports come in either alphabet. */
function standard(base64: string): string {
  return base64.replace(/-/g, '+').replace(/_/g, '/');
}

function parse(stored: string) {
  const [, salt, separator, signerKey, hash] = stored.split('$').map((part) => Buffer.from(part, 'base64'));
  return { salt: Buffer.concat([salt, separator]), signerKey, hash };
}
