import { Injectable } from '@nestjs/common';
import { type FindOptionsWhere, In, MoreThan, MoreThanOrEqual } from 'typeorm';
import type { MessageName } from '../../contract/messages';
import { Clock } from '../clock';
import { Database, instantOf } from '../database/database';
import { OutboxEntity, type OutboxState } from './outbox.entity';

export const STATES: readonly OutboxState[] = ['pending', 'sending', 'sent', 'dead'];

/** What an operator looks for. */
export interface Sought {
  projectIds: readonly string[];
  state?: OutboxState;
  name?: MessageName;
  since?: Date;
}

/** More than so many are told as so many. */
export const MOST_COUNTED = 100_000;

/** Rows that a retry changes at once: nobody waits long for their locks. */
const AT_ONCE = 500;

/** The outbox as an operator sees it: across projects, since it is the installation that sends. */
@Injectable()
export class OutboxOverview {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Newest first. State by state, as the index has them. */
  async list(sought: Sought, most: number): Promise<OutboxEntity[]> {
    const states = sought.state ? [sought.state] : STATES;
    const found = await Promise.all(states.map((state) => this.database.reader.find(OutboxEntity, { where: where({ ...sought, state }), order: { createdAt: 'DESC' }, take: most })));
    return found.flat().sort(newestFirst).slice(0, most);
  }

  /** Of every state, whichever is sought. */
  async counts(sought: Omit<Sought, 'state'>): Promise<Record<OutboxState, number>> {
    const counted = await Promise.all(STATES.map(async (state) => [state, await this.database.reader.countBy(OutboxEntity, where({ ...sought, state }))] as const));
    return Object.fromEntries(counted) as Record<OutboxState, number>;
  }

  /** An id says nothing of its project. */
  find(projectIds: readonly string[], id: string): Promise<OutboxEntity | null> {
    return this.database.reader.findOneBy(OutboxEntity, { projectId: In([...projectIds]), id });
  }

  /**
   * Makes a message due now, with all its tries before it. One that is due already is left alone: somebody may be sending it.
   *
   * @returns whether that changed anything
   */
  async retry({ projectId, id }: Pick<OutboxEntity, 'projectId' | 'id'>): Promise<boolean> {
    return this.database.transaction(async () => {
      const waits = { projectId, id, state: 'pending' as const, dueAt: MoreThan(this.clock.now()) };
      return (await this.renew({ projectId, id, state: 'dead' })) + (await this.renew(waits)) > 0;
    });
  }

  /** As {@link retry}, all that are dead now: those that die again meanwhile are not retried for ever. @returns how many */
  async retryDead(projectIds: readonly string[]): Promise<number> {
    const { dead: most } = await this.counts({ projectIds });
    let since: Date | undefined;
    for (let total = 0; ; ) {
      const changed = await this.database.transaction(async () => {
        const dead = await this.database.reader.find(OutboxEntity, { where: where({ projectIds, state: 'dead', since }), order: { createdAt: 'ASC' }, take: AT_ONCE, select: { projectId: true, id: true, createdAt: true } });
        let renewed = 0;
        for (const projectId of new Set(dead.map((row) => row.projectId))) {
          const ids = dead.filter((row) => row.projectId === projectId).map(({ id }) => id);
          renewed += await this.renew({ projectId, id: In(ids), state: 'dead' });
        }
        return { found: dead.length, renewed, last: dead.at(-1)?.createdAt };
      });
      total += changed.renewed;
      since = changed.last;
      if (changed.found < AT_ONCE || total >= most) return total;
    }
  }

  /** For every scrape: two looks into an index a state, and never more rows than {@link MOST_COUNTED}. */
  async depth(state: OutboxState): Promise<{ count: number; oldest: Date | null }> {
    const [{ n }] = await this.database.rows<{ n: number }>(`SELECT COUNT(*) AS n FROM (SELECT 1 FROM outbox WHERE state = ? LIMIT ${MOST_COUNTED}) AS some`, [state]);
    const [{ at }] = await this.database.rows<{ at: Date | string | null }>('SELECT MIN(created_at) AS at FROM outbox WHERE state = ?', [state]);
    return { count: Number(n), oldest: at === null ? null : instantOf(at) };
  }

  private async renew(which: FindOptionsWhere<OutboxEntity>): Promise<number> {
    const { affected } = await this.database.writer.update(OutboxEntity, which, { state: 'pending', dueAt: this.clock.now(), forgiven: () => 'attempts' });
    return affected ?? 0;
  }
}

function where({ projectIds, state, name, since }: Sought): FindOptionsWhere<OutboxEntity> {
  return {
    projectId: In([...projectIds]),
    ...(state && { state }),
    ...(name && { name }),
    ...(since && { createdAt: MoreThanOrEqual(since) }),
  };
}

function newestFirst(one: OutboxEntity, other: OutboxEntity): number {
  return other.createdAt.getTime() - one.createdAt.getTime() || (one.id < other.id ? 1 : -1);
}
