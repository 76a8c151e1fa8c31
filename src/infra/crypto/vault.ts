import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Keys } from './keys';

const CIPHER = 'aes-256-gcm';

/**
 * Encryption at rest: AES-256-GCM (NIST SP 800-38D) under a key of its own for each purpose.
 * A sealed value names its key, so that APP_SECRET can change while old rows stay readable.
 */
@Injectable()
export class Vault {
  constructor(private readonly keys: Keys) {}

  /** @param purpose what the value is; opening it under another purpose fails */
  seal(plain: string, purpose: string): string {
    const nonce = randomBytes(12);
    const cipher = createCipheriv(CIPHER, this.keys.key(`vault:${purpose}`), nonce);
    const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    return `v1.${this.keys.currentId}.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')}`;
  }

  /** @throws Error when the key is not configured any more or the value was changed */
  open(sealed: string, purpose: string): string {
    const [version, id, data] = sealed.split('.');
    const key = version === 'v1' && data ? this.keys.byId(id, `vault:${purpose}`) : undefined;
    if (!key) throw new Error(`a sealed ${purpose} names a key that is not configured: add the old APP_SECRET to APP_SECRET_PREVIOUS`);
    const bytes = Buffer.from(data, 'base64url');
    const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, 12), { authTagLength: 16 });
    decipher.setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
  }
}
