import { hash, randomBytes, timingSafeEqual } from 'node:crypto';

/** @param bytes of entropy; hex has twice as many characters */
export function randomSecret(bytes: number): string {
  return randomBytes(bytes).toString('hex');
}

/** SHA-256, hex. Enough for secrets of 128 bits and more; short codes need a keyed hash. */
export function sha256(text: string): string {
  return hash('sha256', text, 'hex');
}

/** Compares two hex digests in constant time. */
export function sameDigest(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a, 'hex'), Buffer.from(b, 'hex')];
  return left.length === right.length && left.length > 0 && timingSafeEqual(left, right);
}
