import { createHash, hkdfSync } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Settings } from '../../config/settings';

/** Everything that one value of APP_SECRET gives. */
interface Root {
  /** First 8 hex characters of a hash of the secret: names the key in sealed values without telling it. */
  id: string;
  secret: string;
}

/**
 * Keys derived from APP_SECRET, one a purpose (HKDF-SHA-256, RFC 5869), so that a value made for one purpose is
 * noise to another. APP_SECRET_PREVIOUS stays readable, never written with.
 */
@Injectable()
export class Keys {
  private readonly roots: Root[];
  private readonly derived = new Map<string, Buffer>();

  constructor(settings: Settings) {
    this.roots = [settings.APP_SECRET!, ...settings.APP_SECRET_PREVIOUS].map((secret) => ({
      id: createHash('sha256').update(`latchkey key id:${secret}`).digest('hex').slice(0, 8),
      secret,
    }));
  }

  /** 32 bytes from the current secret. */
  key(purpose: string): Buffer {
    return this.derive(this.roots[0], purpose);
  }

  /** 32 bytes from every secret, the current one first: for checking what an earlier one made. */
  all(purpose: string): Buffer[] {
    return this.roots.map((root) => this.derive(root, purpose));
  }

  get currentId(): string {
    return this.roots[0].id;
  }

  /** @returns undefined when no configured secret has this id */
  byId(id: string, purpose: string): Buffer | undefined {
    const root = this.roots.find((each) => each.id === id);
    return root && this.derive(root, purpose);
  }

  private derive(root: Root, purpose: string): Buffer {
    const name = `${root.id}:${purpose}`;
    let key = this.derived.get(name);
    if (!key) {
      key = Buffer.from(hkdfSync('sha256', root.secret, 'latchkey', purpose, 32));
      this.derived.set(name, key);
    }
    return key;
  }
}
