import { Injectable } from '@nestjs/common';
import { fail } from '../../contract/errors';
import { Clock } from '../../infra/clock';
import { randomSecret, sameDigest, sha256 } from '../../infra/crypto/secrets';
import { isShortCode, ShortCodes } from '../../infra/crypto/short-codes';
import { Database } from '../../infra/database/database';
import { uniqueId } from '../../infra/ids';
import { Users } from '../users';
import type { TokenEntity, TokenKind } from './token.entity';
import { TokensRepository } from './tokens.repository';

interface Kind {
  /** Seconds; the seeds' figures. */
  lifetime: number;
  form: 'link' | 'code';
}

export const KINDS: Record<TokenKind, Kind> = {
  verification: { lifetime: 7 * 24 * 3_600, form: 'link' },
  recovery: { lifetime: 3_600, form: 'link' },
  'magic-url': { lifetime: 3_600, form: 'link' },
  'email-otp': { lifetime: 900, form: 'code' },
  'phone-otp': { lifetime: 900, form: 'code' },
  'phone-verification': { lifetime: 900, form: 'code' },
  oauth2: { lifetime: 900, form: 'link' },
};

/** Bytes of entropy of a secret that travels in a link. */
const LINK_SECRET = 32;
/** Codes shown against one token before it is burnt. */
const TRIES = 5;

/** One-time secrets. Only hashes are kept: whoever reads the table can use none of them. */
@Injectable()
export class Tokens {
  constructor(
    private readonly tokens: TokensRepository,
    private readonly users: Users,
    private readonly codes: ShortCodes,
    private readonly clock: Clock,
    private readonly database: Database,
  ) {}

  /**
   * A new secret; it replaces the user's older unspent ones of this kind. Inside a transaction.
   *
   * @param fixed a code that is agreed beforehand, for mock numbers
   */
  async issue(projectId: string, userId: string, kind: TokenKind, address: string, fixed?: string): Promise<{ token: TokenEntity; secret: string }> {
    const { form, lifetime } = KINDS[kind];
    const secret = fixed ?? (form === 'link' ? randomSecret(LINK_SECRET) : this.codes.make());
    const id = uniqueId();
    const token: TokenEntity = {
      projectId,
      id,
      createdAt: this.clock.now(),
      userId,
      kind,
      secretHash: form === 'link' ? sha256(secret) : this.codes.hash(id, secret),
      address,
      expiresAt: this.clock.in(lifetime),
      spentAt: null,
      attempts: 0,
    };
    // Two requests at once would both find nothing older to replace, and leave two secrets.
    await this.users.holdRow(projectId, userId);
    await this.tokens.removeUnspent(projectId, userId, [kind]);
    await this.tokens.insert(token);
    return { token, secret };
  }

  /**
   * Finds the live token that a secret opens, without spending it. Against a short code each look takes one of its five
   * tries first, so that no number of parallel guesses gets a sixth. Outside a transaction: a failure must not give the try back.
   *
   * @throws Failure `user_invalid_token` when the secret is wrong, spent, expired, of another user or of another kind
   */
  async match(projectId: string, userId: string, kinds: readonly TokenKind[], secret: string): Promise<TokenEntity> {
    const live = await this.tokens.live(projectId, userId, kinds, this.clock.now());
    const digest = sha256(secret);
    for (const token of live) {
      if (KINDS[token.kind].form === 'link') {
        if (sameDigest(token.secretHash, digest)) return token;
        continue;
      }
      if (!isShortCode(secret)) continue;
      const granted = await this.database.transaction(() => this.tokens.takeTry(token, TRIES));
      if (granted && this.codes.matches(token.secretHash, token.id, secret)) return token;
    }
    throw fail('user_invalid_token');
  }

  /** Inside the transaction of its effect: what fails after it leaves the secret unspent. @throws Failure `user_invalid_token` when another was first */
  async spend(token: TokenEntity): Promise<void> {
    if (!(await this.tokens.spend(token, this.clock.now()))) throw fail('user_invalid_token');
  }

  /** @param kinds all of them when none is named. Inside a transaction. */
  revoke(projectId: string, userId: string, kinds?: readonly TokenKind[]): Promise<void> {
    return this.tokens.removeUnspent(projectId, userId, kinds);
  }

  /** Inside a transaction. */
  removeOf(projectId: string, userId: string): Promise<void> {
    return this.tokens.removeOf(projectId, userId);
  }
}
