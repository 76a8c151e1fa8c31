import { compare } from 'bcrypt';
import { type ForeignHash, HashRefused } from './foreign';

const FORM = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/;
/** About two seconds of one core. */
const MOST = 15;

/**
 * bcrypt of the password itself: of its first 72 bytes, as whoever made the hash meant it. After one login the hash is
 * ours and all bytes count.
 */
export const bcrypt: ForeignHash = {
  check(stored) {
    if (stored.startsWith('$2x$')) throw new HashRefused('$2x$ marks hashes of a faulty bcrypt; their owners need a new password');
    const [, cost] = FORM.exec(stored) ?? [];
    if (!cost) throw new HashRefused('is not bcrypt of the form $2b$<cost>$<salt and hash>');
    if (Number(cost) < 4 || Number(cost) > MOST) throw new HashRefused(`bcrypt cost ${Number(cost)} is not from 4 to ${MOST}`);
  },

  // 2a, 2b and 2y name one algorithm for passwords below 255 bytes; 2b is the one without the old faults above that.
  verify: (password, stored) => compare(password, `$2b${stored.slice(3)}`),
};
