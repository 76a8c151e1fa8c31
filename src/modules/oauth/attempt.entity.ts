import { Column, Entity } from 'typeorm';
import { instant, jsonText } from '../../infra/database/columns';
import { ProjectRow } from '../../infra/database/project-row';
import type { Step } from './provider-fault';

/** What happened on the way, for an operator. No secret is in it. */
export interface TraceEntry {
  /** ISO 8601. */
  at: string;
  step: Step;
  /** `ok`, or the error's type. */
  outcome: string;
  /** In the provider's words, cleaned. */
  said?: string;
}

/** A sign-in through a provider, from its start to its callback; afterwards the trace of it. */
@Entity('oauth_attempts')
export class AttemptEntity extends ProjectRow {
  @Column(instant('created_at'))
  createdAt: Date;

  @Column({ type: 'varchar', length: 64 })
  provider: string;

  /** How it ends: with a session's cookie, or with a token for the app to spend. */
  @Column({ type: 'varchar', length: 16 })
  flow: 'session' | 'token';

  @Column({ type: 'text' })
  success: string;

  @Column({ type: 'text' })
  failure: string;

  /** PKCE, sealed. */
  @Column({ type: 'text' })
  verifier: string;

  @Column({ type: 'varchar', length: 128 })
  nonce: string;

  /** SHA-256 of the browser's cookie; null where a server with an API key began it, whose user we do not see. */
  @Column({ name: 'browser_hash', type: 'varchar', length: 64, nullable: true })
  browserHash: string | null;

  /** Whoever was signed in at the start: the identity becomes his. */
  @Column({ name: 'user_id', type: 'varchar', length: 36, nullable: true })
  userId: string | null;

  @Column({ name: 'session_id', type: 'varchar', length: 36, nullable: true })
  sessionId: string | null;

  @Column(instant('expires_at'))
  expiresAt: Date;

  @Column(instant('spent_at', { nullable: true }))
  spentAt: Date | null;

  @Column(jsonText('trace'))
  trace: TraceEntry[];
}
