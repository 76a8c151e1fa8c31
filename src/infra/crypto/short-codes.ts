import { createHmac, randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Keys } from './keys';
import { sameDigest } from './secrets';

const DIGITS = 6;
const FORM = new RegExp(`^\\d{${DIGITS}}$`);

/** Codes that a person types. All of them are soon tried, so they are kept as a hash with a key, and whoever checks one counts the tries. */
@Injectable()
export class ShortCodes {
  constructor(private readonly keys: Keys) {}

  /** Six digits, each as likely as any other. */
  make(): string {
    return String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0');
  }

  /** @param id of the row that keeps it, so that equal codes do not look equal */
  hash(id: string, code: string): string {
    return hashWith(this.keys.key('codes'), id, code);
  }

  /** Also with earlier keys: a change of APP_SECRET refuses nobody whose code is on its way. */
  matches(hash: string, id: string, code: string): boolean {
    return this.keys.all('codes').some((key) => sameDigest(hash, hashWith(key, id, code)));
  }
}

/** Does this look like a code? What does not is no try. */
export function isShortCode(text: string): boolean {
  return FORM.test(text);
}

function hashWith(key: Buffer, id: string, code: string): string {
  return createHmac('sha256', key).update(`${id}:${code}`).digest('hex');
}
