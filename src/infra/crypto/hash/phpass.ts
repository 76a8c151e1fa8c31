import { hash as digest, timingSafeEqual } from 'node:crypto';
import { setImmediate as breathe } from 'node:timers/promises';
import { type ForeignHash, HashRefused } from './foreign';

const ALPHABET = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const FORM = /^\$[PH]\$([./0-9A-Za-z])([./0-9A-Za-z]{8})([./0-9A-Za-z]{22})$/;
/** log2 of the rounds; about a second of one core. */
const MOST = 20;
/** Rounds before others get their turn: Node has no MD5 off the event loop. */
const STRETCH = 1_024;

/** Portable hashes of phpass, as WordPress (`$P$`) and phpBB (`$H$`) kept them: rounds of salted MD5. */
export const phpass: ForeignHash = {
  check(stored) {
    if (/^\$2[abxy]\$/.test(stored)) throw new HashRefused('is bcrypt, which phpass uses where it can; name the algorithm bcrypt');
    const [, rounds] = FORM.exec(stored) ?? [];
    if (!rounds) throw new HashRefused('is not a portable phpass hash of the form $P$<rounds, salt and hash>');
    const log2 = ALPHABET.indexOf(rounds);
    if (log2 < 7 || log2 > MOST) throw new HashRefused(`phpass rounds 2^${log2} are not from 2^7 to 2^${MOST}`);
  },

  async verify(password, stored) {
    const [, rounds, salt, expected] = FORM.exec(stored)!;
    const bytes = Buffer.from(password, 'utf8');
    let hash = md5(Buffer.from(salt), bytes);
    for (let left = 2 ** ALPHABET.indexOf(rounds); left > 0; left -= 1) {
      hash = md5(hash, bytes);
      if (left % STRETCH === 0) await breathe();
    }
    return timingSafeEqual(Buffer.from(base64(hash)), Buffer.from(expected));
  },
};

function md5(first: Buffer, second: Buffer): Buffer {
  return digest('md5', Buffer.concat([first, second]), 'buffer');
}

/** phpass's own order of bits: little endian, six at a time. */
function base64(bytes: Buffer): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const three = bytes.subarray(at, at + 3);
    let value = three.readUIntLE(0, three.length);
    for (let left = three.length + 1; left > 0; left -= 1) {
      text += ALPHABET[value & 63];
      value >>= 6;
    }
  }
  return text;
}
