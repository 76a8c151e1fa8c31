import { verify } from 'argon2';
import { type ForeignHash, HashRefused } from './foreign';

const FORM = /^\$argon2(?:id|i|d)\$(?:v=(?:16|19)\$)?m=(\d{1,10}),t=(\d{1,10}),p=(\d{1,8})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

/** KiB: 256 MiB. */
const MOST_MEMORY = 262_144;
/** KiB times passes: about a second of one core. */
const MOST_WORK = 1_048_576;
const MOST_LANES = 16;

/** PHC strings, as PHP, Python and the reference implementation write them. */
export const argon2: ForeignHash = {
  check(stored) {
    const parts = FORM.exec(stored);
    if (!parts) throw new HashRefused('is not argon2 of the form $argon2id$v=19$m=…,t=…,p=…$<salt>$<hash>');
    const [memory, passes, lanes] = parts.slice(1, 4).map(Number);
    if (memory > MOST_MEMORY) throw new HashRefused(`argon2 memory ${memory} KiB is more than ${MOST_MEMORY}`);
    if (memory * passes > MOST_WORK) throw new HashRefused(`argon2 memory × passes ${memory * passes} KiB is more than ${MOST_WORK}`);
    if (lanes < 1 || lanes > MOST_LANES) throw new HashRefused(`argon2 parallelism ${lanes} is not from 1 to ${MOST_LANES}`);
    if (passes < 1 || memory < 8 * lanes) throw new HashRefused('argon2 needs a pass, and 8 KiB of memory for each lane');
    const [salt, hash] = parts.slice(4).map((text) => Buffer.from(text, 'base64').length);
    if (salt < 8 || hash < 16) throw new HashRefused('argon2 salt is shorter than 8 bytes, or the hash than 16');
  },

  verify: (password, stored) => verify(stored, password),
};
