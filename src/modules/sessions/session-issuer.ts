import { Injectable } from '@nestjs/common';
import type { Caller } from '../../contract/caller';
import type { Operation } from '../../contract/operation';
import { SignedIn } from '../../contract/outcome';
import { Clock } from '../../infra/clock';
import { randomSecret, sha256 } from '../../infra/crypto/secrets';
import { Database } from '../../infra/database/database';
import { Devices } from '../../infra/devices';
import { Geo } from '../../infra/geo';
import { uniqueId } from '../../infra/ids';
import { type IdentityEntity, Identities, SecurityLog, Users } from '../users';
import { encodeCarrier } from './carrier';
import { SessionAlerts } from './session-alerts';
import { SessionEnding } from './session-ending';
import type { SessionEntity } from './session.entity';
import { SessionModel } from './session.model';
import { SessionsRepository } from './sessions.repository';

/** What the user has shown, and how the session names it. */
export interface Proof {
  provider: string;
  providerUid: string;
  factors: string[];
  /** Of a sign-in through a provider. */
  identity?: IdentityEntity;
}

/** Bytes of entropy of a session's secret. */
const SECRET = 32;

/** The only birthplace of a session. Every way to sign in ends here, so that limits, blocks and logs hold for all of them. */
@Injectable()
export class SessionIssuer {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly ending: SessionEnding,
    private readonly alerts: SessionAlerts,
    private readonly users: Users,
    private readonly identities: Identities,
    private readonly securityLog: SecurityLog,
    private readonly devices: Devices,
    private readonly geo: Geo,
    private readonly clock: Clock,
    private readonly database: Database,
  ) {}

  /** Joins the caller's transaction or opens one. @throws Failure `user_blocked` */
  async issue(userId: string, { identity, ...proof }: Proof, caller: Caller, operation: Operation): Promise<SignedIn<SessionModel>> {
    const { project, ip, userAgent, locale } = caller;
    const device = this.devices.detect(userAgent);
    const country = this.geo.country(ip, locale);
    const secret = randomSecret(SECRET);

    return this.database.transaction(async () => {
      // Logins of one user happen one at a time from here on: two at once would both see room for one more.
      await this.users.hold(project, userId);
      const now = this.clock.now();
      const session: SessionEntity = {
        projectId: project.id,
        id: uniqueId(),
        createdAt: now,
        updatedAt: now,
        userId,
        secretHash: sha256(secret),
        ...proof,
        identityId: identity?.id ?? null,
        expiresAt: new Date(now.getTime() + project.auth.sessionDuration * 1_000),
        ip,
        device,
        countryCode: country.code,
        mfaUpdatedAt: null,
      };
      await this.sessions.insert(session);
      await this.alerts.tell(caller, session, country);
      await this.ending.evict(project.id, userId, session.id, project.auth.maxSessions);
      await this.securityLog.record(operation, caller, userId);

      const carrier = encodeCarrier({ userId, secret });
      const tokens = identity && this.identities.shownTokens(identity);
      const shown = { country, current: true, tokens, secret: caller.via === 'key' ? carrier : '' };
      return new SignedIn(SessionModel.of(session, shown), carrier, session.expiresAt);
    });
  }
}
