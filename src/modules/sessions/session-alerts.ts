import { Injectable } from '@nestjs/common';
import type { Caller } from '../../contract/caller';
import { datetime } from '../../contract/datetime';
import { Devices } from '../../infra/devices';
import type { Country } from '../../infra/geo';
import { Outbox } from '../../infra/outbox/outbox';
import { Users } from '../users';
import type { SessionEntity } from './session.entity';
import { SessionsRepository } from './sessions.repository';

/** Who read a mail to sign in needs no mail about it, and a guest has no address. */
const SILENT = new Set(['magic-url', 'token', 'anonymous']);

/** A mail about a new session, where the project asks for it: who did not sign in himself learns of it. */
@Injectable()
export class SessionAlerts {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly users: Users,
    private readonly devices: Devices,
    private readonly outbox: Outbox,
  ) {}

  /** Inside the transaction of the session's birth. The first session of an account is no news. */
  async tell({ project, ip, locale, userAgent }: Caller, { id, userId, provider, createdAt }: SessionEntity, country: Country): Promise<void> {
    if (!project.auth.sessionAlerts || SILENT.has(provider)) return;
    const { name, email } = await this.users.record(project, userId);
    if (!email || !(await this.sessions.idsOfUser(project.id, userId)).some((other) => other !== id)) return;
    const { agentClient, agentOs, agentDevice } = this.devices.words(userAgent);
    const data = {
      user: name,
      project: project.name,
      at: datetime(createdAt),
      device: [agentClient, agentOs, agentDevice].filter(Boolean).join(', ') || userAgent.slice(0, 80) || '?',
      ip,
      country: country.code === UNKNOWN ? '' : country.name,
    };
    // Not counted with the mails that a request orders: whoever used those up would have silenced the alarm.
    await this.outbox.publish(userId, { name: 'sessionAlert', projectId: project.id, to: email, locale, data });
  }
}

/** As Appwrite calls a country that is not known. */
const UNKNOWN = '--';
