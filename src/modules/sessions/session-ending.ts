import { Injectable } from '@nestjs/common';
import { Targets } from '../users';
import { SessionsRepository } from './sessions.repository';

/** Ends sessions, and what lives by them: JWTs die with their session's row, devices get no more messages. Inside a transaction. */
@Injectable()
export class SessionEnding {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly targets: Targets,
  ) {}

  /** @returns false when there is no such session */
  async end(projectId: string, userId: string, id: string): Promise<boolean> {
    if ((await this.sessions.delete(projectId, userId, id)) === 0) return false;
    await this.targets.expireOf(projectId, userId, [id]);
    return true;
  }

  /** @param except the session that stays */
  async endAll(projectId: string, userId: string, except?: string): Promise<void> {
    const ids = (await this.sessions.idsOfUser(projectId, userId)).filter((id) => id !== except);
    await this.sessions.deleteMany(projectId, ids);
    await this.targets.expireOf(projectId, userId, ids);
  }

  /** The oldest go until `most` are left; the one just made stays. */
  async evict(projectId: string, userId: string, newest: string, most: number): Promise<void> {
    if (most === 0) return;
    const others = (await this.sessions.idsOfUser(projectId, userId)).filter((id) => id !== newest);
    const surplus = others.slice(0, Math.max(0, others.length - (most - 1)));
    await this.sessions.deleteMany(projectId, surplus);
    await this.targets.expireOf(projectId, userId, surplus);
  }
}
