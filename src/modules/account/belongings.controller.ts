import { Controller } from '@nestjs/common';
import { Caller, type SignedInCaller } from '../../contract/caller';
import { Input } from '../../contract/input';
import { Rest } from '../../contract/operation';
import { Identities, SecurityLog, Targets } from '../users';
import { CreatePushTargetInput, IdentityIdInput, ListInput, TargetIdInput, UpdatePushTargetInput } from './account.input';
import { op } from './account.operations';

/** What hangs on an account: identities, log, devices. */
@Controller()
export class BelongingsController {
  constructor(
    private readonly identities: Identities,
    private readonly securityLog: SecurityLog,
    private readonly targets: Targets,
  ) {}

  @Rest(op.listIdentities)
  listIdentities(@Caller() caller: SignedInCaller, @Input() { queries = [], total = true }: ListInput) {
    return this.identities.list(caller, queries, total);
  }

  @Rest(op.deleteIdentity)
  deleteIdentity(@Caller() caller: SignedInCaller, @Input() { identityId }: IdentityIdInput) {
    return this.identities.delete(op.deleteIdentity, caller, identityId);
  }

  @Rest(op.listLogs)
  listLogs(@Caller() caller: SignedInCaller, @Input() { queries = [], total = true }: ListInput) {
    return this.securityLog.list(caller, queries, total);
  }

  @Rest(op.createPushTarget)
  createPushTarget(@Caller() caller: SignedInCaller, @Input() input: CreatePushTargetInput) {
    return this.targets.create(caller, input);
  }

  @Rest(op.updatePushTarget)
  updatePushTarget(@Caller() caller: SignedInCaller, @Input() { targetId, identifier }: UpdatePushTargetInput) {
    return this.targets.update(caller, targetId, identifier);
  }

  @Rest(op.deletePushTarget)
  deletePushTarget(@Caller() caller: SignedInCaller, @Input() { targetId }: TargetIdInput) {
    return this.targets.delete(caller, targetId);
  }
}
