import { Injectable } from '@nestjs/common';
import type { Caller } from '../../contract/caller';
import type { Operation } from '../../contract/operation';
import { Clock } from '../../infra/clock';
import { uniqueId } from '../../infra/ids';
import { LogsRepository } from './logs.repository';

const ACTORS = { guest: 'guest', session: 'user', jwt: 'user', key: 'app' } as const;

/** Writes what happened to an account, in the transaction that made it happen. */
@Injectable()
export class SecurityLog {
  constructor(
    private readonly logs: LogsRepository,
    private readonly clock: Clock,
  ) {}

  /** @param userId whose log it is; with a guest it is the user whose secret was shown */
  async record(operation: Operation, caller: Caller, userId: string): Promise<void> {
    if (!operation.audit) throw new Error(`${operation.name} has no audit event`);
    await this.logs.insert({
      projectId: caller.project.id,
      id: uniqueId(),
      userId,
      event: operation.audit,
      actor: ACTORS[caller.via],
      at: this.clock.now(),
      ip: caller.ip,
      userAgent: caller.userAgent,
      requestId: caller.requestId,
    });
  }
}
