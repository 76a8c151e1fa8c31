import { Injectable } from '@nestjs/common';
import { And, Equal, type FindOperator, IsNull, LessThan, MoreThan, Not } from 'typeorm';
import { fail } from '../../contract/errors';
import { Database } from '../../infra/database/database';
import { ProjectRepository } from '../../infra/database/project-repository';
import type { Selection } from '../../infra/database/selection';
import { IdentityEntity } from './identity.entity';

/** Totals stop counting here, as Appwrite's do. */
const MOST_COUNTED = 5_000;

@Injectable()
export class IdentitiesRepository extends ProjectRepository<IdentityEntity> {
  constructor(database: Database) {
    super(database, IdentityEntity);
  }

  ofProvider(projectId: string, provider: string, providerUid: string): Promise<IdentityEntity | null> {
    return this.one(projectId, { provider, providerUid });
  }

  insert(identity: IdentityEntity): Promise<void> {
    return this.add(identity);
  }

  async update(projectId: string, id: string, patch: Partial<IdentityEntity>): Promise<void> {
    await this.change(projectId, { id }, patch);
  }

  find(projectId: string, userId: string, id: string): Promise<IdentityEntity | null> {
    return this.one(projectId, { userId, id });
  }

  delete(projectId: string, userId: string, id: string): Promise<number> {
    return this.remove(projectId, { userId, id });
  }

  async removeOf(projectId: string, userId: string): Promise<void> {
    await this.remove(projectId, { userId });
  }

  /** The user's own, whatever else the selection says. @throws Failure `general_cursor_not_found` */
  async select(projectId: string, userId: string, { where, order, take, skip, cursor }: Selection): Promise<{ rows: IdentityEntity[]; total: number }> {
    const conditions: Conditions = { ...where };
    for (const [key, value] of Object.entries({ projectId, userId })) conditions[key] = [...(conditions[key] ?? []), Equal(value)];
    const counted = await this.database.reader.count(IdentityEntity, { where: all(conditions) });
    const start = cursor ? await this.find(projectId, userId, cursor.id) : null;
    if (cursor && !start) throw fail('general_cursor_not_found');
    const backwards = cursor?.after === false;
    // Ids grow with time, so they order what nothing else does.
    const forwards = Object.entries({ ...order, id: order.id ?? 'ASC' });
    const sorted = forwards.map(([key, direction]): [string, 'ASC' | 'DESC'] => [key, (direction === 'ASC') !== backwards ? 'ASC' : 'DESC']);
    const condition = start ? beyond(start, sorted).map((further) => all(merged(conditions, further))) : all(conditions);
    const rows = await this.database.reader.find(IdentityEntity, { where: condition, order: Object.fromEntries(sorted), take, skip });
    return { rows: backwards ? rows.reverse() : rows, total: Math.min(MOST_COUNTED, counted) };
  }
}

type Conditions = Record<string, FindOperator<unknown>[]>;

/** The rows behind this one in an order: alternatives, each equal to it up to a key and past it there. NULL comes first. */
function beyond(start: IdentityEntity, order: [string, 'ASC' | 'DESC'][]): Conditions[] {
  return order.flatMap(([key, direction], position) => {
    const equal = Object.fromEntries(order.slice(0, position).map(([earlier]): [string, FindOperator<unknown>[]] => [earlier, [same(valueOf(start, earlier))]]));
    const value = valueOf(start, key);
    if (direction === 'ASC') return [{ ...equal, [key]: [value === null ? Not(IsNull()) : MoreThan(value)] }];
    return value === null ? [] : [LessThan(value), IsNull()].map((past) => ({ ...equal, [key]: [past] }));
  });
}

function valueOf(identity: IdentityEntity, key: string): unknown {
  return identity[key as keyof IdentityEntity];
}

function same(value: unknown): FindOperator<unknown> {
  return value === null ? IsNull() : Equal(value);
}

function merged(first: Conditions, second: Conditions): Conditions {
  return Object.fromEntries([...new Set([...Object.keys(first), ...Object.keys(second)])].map((key) => [key, [...(first[key] ?? []), ...(second[key] ?? [])]]));
}

function all(conditions: Conditions) {
  return Object.fromEntries(Object.entries(conditions).map(([key, operators]) => [key, operators.length === 1 ? operators[0] : And(...operators)]));
}
