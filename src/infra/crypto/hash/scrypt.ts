import { scrypt as derive, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { type ForeignHash, HashRefused, integerOption, textOption } from './foreign';

const derived = promisify<string, Buffer, number, object, Buffer>(derive);

/** N·r·p: 256 MiB, and under a second of one core. */
const MOST_WORK = 2_097_152;
const MOST_SALT = 128;

/** scrypt in hex, with the options of Appwrite's import. Kept as `scrypt$<N>$<r>$<p>$<length>$<salt in base64>$<hash>`. */
export const scrypt: ForeignHash = {
  encode(hex, options) {
    const numbers = [
      integerOption(options, 'cpu', 'costCpu'),
      integerOption(options, 'memory', 'costMemory'),
      integerOption(options, 'parallel', 'costParallel'),
      integerOption(options, 'length'),
    ];
    const salt = Buffer.from(textOption(options, 'salt'), 'utf8').toString('base64');
    return ['scrypt', ...numbers, salt, hex.toLowerCase()].join('$');
  },

  check(stored) {
    const { N, r, p, length, salt, hex } = parse(stored);
    if (!(N > 1) || !Number.isInteger(Math.log2(N))) throw new HashRefused(`scrypt cpu ${N} is not a power of two`);
    if (!(r >= 1 && p >= 1)) throw new HashRefused('scrypt memory and parallel must be 1 or more');
    if (N * r * p > MOST_WORK) throw new HashRefused(`scrypt cpu × memory × parallel ${N * r * p} is more than ${MOST_WORK}`);
    // RFC 7914 §2: N < 2^(128·r/8).
    if (Math.log2(N) >= 16 * r) throw new HashRefused(`scrypt cpu ${N} is too much for memory ${r}`);
    if (!(length >= 16 && length <= 128)) throw new HashRefused(`scrypt length ${length} is not from 16 to 128`);
    if (salt.length > MOST_SALT) throw new HashRefused(`scrypt salt is longer than ${MOST_SALT} bytes`);
    if (!/^[0-9a-f]*$/.test(hex) || hex.length !== 2 * length) throw new HashRefused(`is not scrypt in ${2 * length} hex characters`);
  },

  async verify(password, stored) {
    const { N, r, p, length, salt, hex } = parse(stored);
    const key = await derived(password, salt, length, { N, r, p, maxmem: 128 * r * (N + p + 3) });
    return timingSafeEqual(key, Buffer.from(hex, 'hex'));
  },
};

function parse(stored: string) {
  const [, N, r, p, length, salt = '', hex = ''] = stored.split('$');
  return { N: Number(N), r: Number(r), p: Number(p), length: Number(length), salt: Buffer.from(salt, 'base64'), hex };
}
