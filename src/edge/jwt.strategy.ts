import { Injectable } from '@nestjs/common';
import { type JwtFromRequestFunction, Strategy } from 'passport-jwt';
import { Settings } from '../config/settings';
import { fail } from '../contract/errors';
import type { Project } from '../contract/project';
import { Clock } from '../infra/clock';
import { Jwt, type SessionClaims } from '../infra/crypto/jwt';

/** What the strategy is given as its request: the token, and the project that decides key and audience. */
interface Presented {
  token: string;
  project: Project;
}

interface Payload extends SessionClaims {
  aud: unknown;
  exp: unknown;
}

/** The callbacks that Passport hangs on a strategy for one attempt. */
interface Attempt {
  success(claims: SessionClaims): void;
  fail(): void;
  error(cause: Error): void;
  authenticate(presented: Presented): void;
}

/**
 * Checks a JWT of ours with Passport's JWT strategy: HS256 only (RFC 8725 §3.1), our issuer, the project's key and audience.
 * The strategy is driven directly, as Passport's own registry is one per process and knows no projects.
 */
@Injectable()
export class JwtBearer {
  private readonly strategy: Strategy;

  constructor(jwt: Jwt, settings: Settings, clock: Clock) {
    this.strategy = new Strategy(
      {
        jwtFromRequest: ((presented: unknown) => (presented as Presented).token) as JwtFromRequestFunction,
        secretOrKeyProvider: (presented: unknown, _token: string, done: (error: null, key: Buffer) => void) => done(null, jwt.key((presented as Presented).project.id)),
        algorithms: ['HS256'],
        issuer: settings.publicUrl,
        // Checked below instead, against the one clock that everything goes by.
        ignoreExpiration: true,
        passReqToCallback: true,
      },
      (presented: unknown, { userId, sessionId, aud, exp }: Payload, done: (error: null, claims: SessionClaims | false) => void) => {
        const live = typeof exp === 'number' && exp * 1_000 > clock.now().getTime();
        const meant = aud === (presented as Presented).project.id && typeof userId === 'string' && typeof sessionId === 'string';
        done(null, live && meant ? { userId, sessionId } : false);
      },
    );
  }

  /** @throws Failure `user_jwt_invalid` */
  claims(token: string, project: Project): Promise<SessionClaims> {
    return new Promise((resolve, reject) => {
      const attempt = Object.create(this.strategy) as Attempt;
      attempt.success = resolve;
      attempt.fail = () => reject(fail('user_jwt_invalid'));
      attempt.error = () => reject(fail('user_jwt_invalid'));
      attempt.authenticate({ token, project });
    });
  }
}
