import { Injectable } from '@nestjs/common';
import { sign } from 'jsonwebtoken';
import { Settings } from '../../config/settings';
import { Clock } from '../clock';
import { Keys } from './keys';

/** What a JWT of ours says; it is good only as long as its session is. */
export interface SessionClaims {
  userId: string;
  sessionId: string;
}

/** Signing of account JWTs: HS256 (RFC 7518 §3.2) with a key of the project's own. Verification is Passport's, at the edge. */
@Injectable()
export class Jwt {
  constructor(
    private readonly keys: Keys,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  /** @param lifetime seconds */
  sign(claims: SessionClaims, projectId: string, lifetime: number): string {
    const iat = Math.floor(this.clock.now().getTime() / 1_000);
    return sign({ ...claims, iat, exp: iat + lifetime }, this.key(projectId), {
      algorithm: 'HS256',
      issuer: this.settings.publicUrl,
      audience: projectId,
    });
  }

  key(projectId: string): Buffer {
    return this.keys.key(`jwt:${projectId}`);
  }
}
