import { hash } from 'node:crypto';
import { sameDigest } from '../secrets';
import { type ForeignHash, HashRefused, textOption } from './foreign';

/** Version as PHP's `hash()` names it → OpenSSL's name and the characters of its digest in hex. */
const VERSIONS: Readonly<Record<string, readonly [name: string, characters: number]>> = {
  sha1: ['sha1', 40],
  sha224: ['sha224', 56],
  sha256: ['sha256', 64],
  sha384: ['sha384', 96],
  sha512: ['sha512', 128],
  'sha512/224': ['sha512-224', 56],
  'sha512/256': ['sha512-256', 64],
  'sha3-224': ['sha3-224', 56],
  'sha3-256': ['sha3-256', 64],
  'sha3-384': ['sha3-384', 96],
  'sha3-512': ['sha3-512', 128],
};

/** SHA of the password, hex, without salt. Kept as `sha$<version>$<hash>`. */
export const sha: ForeignHash = {
  encode: (hex, options) => `sha$${textOption(options, 'version')}$${hex.toLowerCase()}`,

  check(stored) {
    const { version, hex } = parse(stored);
    if (!Object.hasOwn(VERSIONS, version)) throw new HashRefused(`option version must be one of ${Object.keys(VERSIONS).join(', ')}`);
    const [, characters] = VERSIONS[version];
    if (!/^[0-9a-f]*$/.test(hex) || hex.length !== characters) throw new HashRefused(`is not ${version} in ${characters} hex characters`);
  },

  async verify(password, stored) {
    const { version, hex } = parse(stored);
    return sameDigest(hash(VERSIONS[version][0], password, 'hex'), hex);
  },
};

function parse(stored: string): { version: string; hex: string } {
  const [, version = '', hex = ''] = stored.split('$');
  return { version, hex };
}
