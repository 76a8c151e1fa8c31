import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import * as oauth from 'oauth4webapi';
import type { Project } from '../../contract/project';
import { Clock } from '../../infra/clock';
import { Keys } from '../../infra/crypto/keys';
import { randomSecret, sameDigest, sha256 } from '../../infra/crypto/secrets';
import { Vault } from '../../infra/crypto/vault';
import { Database } from '../../infra/database/database';
import { uniqueId } from '../../infra/ids';
import type { AttemptEntity, TraceEntry } from './attempt.entity';
import { AttemptsRepository } from './attempts.repository';
import type { Secrets } from './oauth-client';
import type { Step } from './provider-fault';

/** Seconds between start and callback. */
const LIFETIME = 600;
/** What the vault seals the verifier for. */
const PURPOSE = 'pkce verifier';
/** Bytes of the secret that binds an attempt to its browser. */
const BINDING = 32;

export interface Begun {
  attempt: AttemptEntity;
  /** What the provider gives back: URL-safe, and short enough for those that limit it. */
  state: string;
  secrets: Secrets;
  /** For the browser to keep in a cookie; null where a server begins. */
  binding: string | null;
}

type Beginning = Pick<AttemptEntity, 'provider' | 'flow' | 'success' | 'failure' | 'userId' | 'sessionId'>;

/**
 * Sign-ins under way. A state is an attempt's id with our signature: forged ones cost no read. Everything else stays
 * here, so that nothing travels through the browser which it could change (RFC 9700 section 4.7).
 */
@Injectable()
export class Attempts {
  constructor(
    private readonly attempts: AttemptsRepository,
    private readonly keys: Keys,
    private readonly vault: Vault,
    private readonly clock: Clock,
    private readonly database: Database,
  ) {}

  /**
   * @param bound false where the browser that will come back cannot be given a cookie
   * @param first what has to hold for it to begin, in the same transaction
   */
  async begin({ id: projectId }: Project, beginning: Beginning, bound: boolean, first: () => Promise<void>): Promise<Begun> {
    const verifier = oauth.generateRandomCodeVerifier();
    const secrets = { verifier, challenge: await oauth.calculatePKCECodeChallenge(verifier), nonce: oauth.generateRandomNonce() };
    const binding = bound ? randomSecret(BINDING) : null;
    const id = uniqueId();
    const now = this.clock.now();
    const attempt: AttemptEntity = {
      projectId,
      id,
      createdAt: now,
      ...beginning,
      verifier: this.vault.seal(verifier, PURPOSE),
      nonce: secrets.nonce,
      browserHash: binding && sha256(binding),
      expiresAt: this.clock.in(LIFETIME),
      spentAt: null,
      trace: [this.entry('start', 'ok')],
    };
    await this.database.transaction(async () => {
      await first();
      await this.attempts.insert(attempt);
    });
    return { attempt, state: `${id}.${this.sign(projectId, beginning.provider, id)}`, secrets, binding };
  }

  /** The attempt that a state stands for, if it is ours, of this project and provider. Whether it is still good is the next question. */
  async named({ id: projectId }: Project, provider: string, state: string | undefined): Promise<AttemptEntity | null> {
    const [, id, signature] = /^([0-9a-f]{20})\.([0-9a-f]{64})$/.exec(state ?? '') ?? [];
    if (!id || !this.signatures(projectId, provider, id).some((right) => sameDigest(signature, right))) return null;
    return this.attempts.find(projectId, id);
  }

  /** Is this the browser that began it? */
  isFrom({ browserHash }: AttemptEntity, binding: string | undefined): boolean {
    return browserHash === null || (binding !== undefined && sameDigest(browserHash, sha256(binding)));
  }

  /** @returns false when it was spent before, or time ran out */
  spend(attempt: AttemptEntity): Promise<boolean> {
    return this.database.transaction(() => this.attempts.spend(attempt, this.clock.now()));
  }

  verifier({ verifier }: AttemptEntity): string {
    return this.vault.open(verifier, PURPOSE);
  }

  /** Of a step that went well on the way to the next: written with that one's {@link note}. */
  passed(attempt: AttemptEntity, step: Step): void {
    attempt.trace = [...attempt.trace, this.entry(step, 'ok')];
  }

  async note(attempt: AttemptEntity, step: Step, outcome: string, said?: string): Promise<void> {
    attempt.trace = [...attempt.trace, this.entry(step, outcome, said)];
    await this.database.transaction(() => this.attempts.note(attempt.projectId, attempt.id, attempt.trace));
  }

  find({ id: projectId }: Project, id: string): Promise<AttemptEntity | null> {
    return this.attempts.find(projectId, id);
  }

  /** Inside a transaction. */
  removeOf(projectId: string, userId: string): Promise<void> {
    return this.attempts.removeOf(projectId, userId);
  }

  private entry(step: Step, outcome: string, said?: string): TraceEntry {
    return { at: this.clock.now().toISOString(), step, outcome, ...(said && { said }) };
  }

  private sign(projectId: string, provider: string, id: string): string {
    return signature(this.keys.key('oauth state'), projectId, provider, id);
  }

  /** Also of earlier keys: a change of APP_SECRET stops nobody who is at his provider just then. */
  private signatures(projectId: string, provider: string, id: string): string[] {
    return this.keys.all('oauth state').map((key) => signature(key, projectId, provider, id));
  }
}

function signature(key: Buffer, ...parts: string[]): string {
  return createHmac('sha256', key).update(JSON.stringify(parts)).digest('hex');
}
