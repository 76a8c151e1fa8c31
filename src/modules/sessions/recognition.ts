import { Injectable } from '@nestjs/common';
import { Clock } from '../../infra/clock';
import type { SessionClaims } from '../../infra/crypto/jwt';
import { sha256 } from '../../infra/crypto/secrets';
import type { Known } from './caller-read';
import type { Carried } from './carrier';
import { SessionsRepository } from './sessions.repository';

/**
 * Tells who a credential belongs to: one indexed read each time and no cache, so that a revoked session is dead on
 * every node with the next request.
 */
@Injectable()
export class Recognition {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly clock: Clock,
  ) {}

  async bySecret(projectId: string, { userId, secret }: Carried): Promise<Known | null> {
    const known = await this.sessions.knownBySecret(projectId, sha256(secret), this.clock.now());
    return known?.user.id === userId ? known : null;
  }

  /** A JWT is worth what its session is: gone with it. */
  async byClaims(projectId: string, { userId, sessionId }: SessionClaims): Promise<Known | null> {
    const known = await this.sessions.knownById(projectId, sessionId, this.clock.now());
    return known?.user.id === userId ? known : null;
  }
}
