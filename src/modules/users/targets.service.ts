import { Injectable } from '@nestjs/common';
import type { SignedInCaller } from '../../contract/caller';
import { fail } from '../../contract/errors';
import { Clock } from '../../infra/clock';
import { Database } from '../../infra/database/database';
import { isDuplicate } from '../../infra/database/failures';
import { Devices } from '../../infra/devices';
import { uniqueId } from '../../infra/ids';
import type { TargetEntity } from './target.entity';
import { TargetModel } from './target.model';
import { TargetsRepository } from './targets.repository';
import { UsersRepository } from './users.repository';

export interface PushTarget {
  /** `unique()` or the caller's choice. */
  targetId: string;
  /** The device's token at its push service. */
  identifier: string;
  providerId?: string;
}

/** Devices that push messages may go to. */
@Injectable()
export class Targets {
  constructor(
    private readonly targets: TargetsRepository,
    private readonly users: UsersRepository,
    private readonly devices: Devices,
    private readonly clock: Clock,
    private readonly database: Database,
  ) {}

  /** Bound to the session it is made with. @throws Failure `user_target_already_exists` */
  async create(caller: SignedInCaller, { targetId, identifier, providerId }: PushTarget): Promise<TargetModel> {
    const now = this.clock.now();
    const target: TargetEntity = {
      projectId: caller.project.id,
      id: targetId === 'unique()' ? uniqueId() : targetId,
      createdAt: now,
      updatedAt: now,
      userId: caller.user.id,
      name: this.deviceOf(caller),
      providerId: providerId ?? null,
      providerType: 'push',
      identifier,
      expired: false,
      sessionId: caller.session.id,
    };
    await this.unique(async () => {
      if (!(await this.users.stays(caller.project.id, caller.user.id))) throw fail('general_unauthorized_scope', 'The account was deleted.');
      await this.targets.insert(target);
    });
    return TargetModel.of(target);
  }

  /** @throws Failure `user_target_not_found`, `user_target_already_exists` */
  async update(caller: SignedInCaller, id: string, identifier: string): Promise<TargetModel> {
    const target = await this.find(caller, id);
    const patch = { identifier, name: this.deviceOf(caller), updatedAt: this.clock.now(), expired: false, sessionId: caller.session.id };
    await this.unique(() => this.targets.update(caller.project.id, caller.user.id, id, patch));
    return TargetModel.of({ ...target, ...patch });
  }

  /** @throws Failure `user_target_not_found` */
  async delete(caller: SignedInCaller, id: string): Promise<void> {
    await this.find(caller, id);
    await this.database.transaction(() => this.targets.delete(caller.project.id, caller.user.id, id));
  }

  /** Inside a transaction, before the session they came with ends. */
  rebind(projectId: string, userId: string, from: string, to: string): Promise<void> {
    return this.targets.rebind(projectId, userId, from, to);
  }

  /** Inside the transaction that ends the sessions. */
  expireOf(projectId: string, userId: string, sessionIds: readonly string[]): Promise<void> {
    return this.targets.expireOf(projectId, userId, sessionIds);
  }

  /** Push targets only: the address's own follows the address. */
  private async find({ project, user }: SignedInCaller, id: string): Promise<TargetEntity> {
    const target = await this.targets.find(project.id, user.id, id);
    if (target?.providerType !== 'push') throw fail('user_target_not_found');
    return target;
  }

  private async unique(write: () => Promise<unknown>): Promise<void> {
    try {
      await this.database.transaction(write);
    } catch (error) {
      throw isDuplicate(error) ? fail('user_target_already_exists') : error;
    }
  }

  private deviceOf({ userAgent }: SignedInCaller): string {
    const { deviceBrand, deviceModel } = this.devices.detect(userAgent);
    return `${deviceBrand} ${deviceModel}`.trim();
  }
}
