import { Injectable } from '@nestjs/common';
import type { Caller, SignedInCaller } from '../../contract/caller';
import { fail } from '../../contract/errors';
import type { Operation } from '../../contract/operation';
import type { Project } from '../../contract/project';
import { countOf, parseQueries } from '../../contract/queries';
import { Clock } from '../../infra/clock';
import { Devices } from '../../infra/devices';
import { Geo } from '../../infra/geo';
import { uniqueId } from '../../infra/ids';
import type { LogEntity } from './log.entity';
import { type LogListModel, LogModel } from './log.model';
import { LogsRepository } from './logs.repository';
import { UsersRepository } from './users.repository';

/** Entries a list has unless told, and at the most. */
const DEFAULT_LIMIT = 25;
const MOST = 5_000;

const ACTORS = { guest: 'guest', session: 'user', jwt: 'user', key: 'app' } as const;

/** A user's security log: written in the transaction that made it happen, read by the user. */
@Injectable()
export class SecurityLog {
  constructor(
    private readonly logs: LogsRepository,
    private readonly users: UsersRepository,
    private readonly devices: Devices,
    private readonly geo: Geo,
    private readonly clock: Clock,
  ) {}

  /** @param userId whose log it is; with a guest it is the user whose secret was shown */
  async record(operation: Operation, caller: Caller, userId: string): Promise<void> {
    if (!operation.audit) throw new Error(`${operation.name} has no audit event`);
    const { project, user, via, ip, userAgent, requestId } = caller;
    // He may have deleted himself since the request was let in: what it did goes back, or it would stay behind.
    if (user?.id === userId && !(await this.users.stays(project.id, userId))) throw fail('general_unauthorized_scope', 'The account was deleted.');
    await this.add({ projectId: project.id, userId, event: operation.audit, actor: ACTORS[via], ip, userAgent, requestId });
  }

  /** What an operator did at the machine itself, without a request. */
  recordOperator(project: Project, userId: string, event: string): Promise<void> {
    return this.add({ projectId: project.id, userId, event, actor: 'admin', ip: '', userAgent: '', requestId: '' });
  }

  /** Newest first. Only `limit` and `offset` are taken. @throws Failure `general_argument_invalid` */
  async list({ project, user, locale }: SignedInCaller, queries: readonly string[], total: boolean): Promise<LogListModel> {
    let [limit, offset] = [DEFAULT_LIMIT, 0];
    for (const query of parseQueries(queries)) {
      if (query.method === 'limit') limit = Math.min(MOST, countOf(query, 1));
      else if (query.method === 'offset') offset = countOf(query, 0);
      else throw fail('general_argument_invalid', `Invalid queries param: Invalid query method: ${query.method.slice(0, 40)}`);
    }
    const found = await this.logs.ofUser(project.id, user.id, limit, offset);
    const logs = found.rows.map((entry) => LogModel.of(entry, { user, device: this.devices.detect(entry.userAgent), country: this.geo.country(entry.ip, locale) }));
    return { total: total ? found.total : 0, logs };
  }

  private add(entry: Omit<LogEntity, 'id' | 'at'>): Promise<void> {
    return this.logs.insert({ ...entry, id: uniqueId(), at: this.clock.now() });
  }
}
