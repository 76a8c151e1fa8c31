import { Args, Resolver } from '@nestjs/graphql';
import { Caller, type SignedInCaller } from '../../contract/caller';
import { None } from '../../contract/none';
import { Graph } from '../../contract/operation';
import { Identities, IdentityListModel, LogListModel, SecurityLog, TargetModel, Targets } from '../users';
import { CreatePushTargetInput, IdentityIdInput, ListInput, TargetIdInput, UpdatePushTargetInput } from './account.input';
import { op } from './account.operations';

/** What hangs on an account: identities, log, devices. */
@Resolver()
export class BelongingsResolver {
  constructor(
    private readonly identities: Identities,
    private readonly securityLog: SecurityLog,
    private readonly targets: Targets,
  ) {}

  @Graph(op.listIdentities, () => IdentityListModel)
  listIdentities(@Caller() caller: SignedInCaller, @Args() { queries = [], total = true }: ListInput) {
    return this.identities.list(caller, queries, total);
  }

  @Graph(op.deleteIdentity, () => None)
  deleteIdentity(@Caller() caller: SignedInCaller, @Args() { identityId }: IdentityIdInput) {
    return this.identities.delete(op.deleteIdentity, caller, identityId);
  }

  @Graph(op.listLogs, () => LogListModel)
  listLogs(@Caller() caller: SignedInCaller, @Args() { queries = [], total = true }: ListInput) {
    return this.securityLog.list(caller, queries, total);
  }

  @Graph(op.createPushTarget, () => TargetModel)
  createPushTarget(@Caller() caller: SignedInCaller, @Args() input: CreatePushTargetInput) {
    return this.targets.create(caller, input);
  }

  @Graph(op.updatePushTarget, () => TargetModel)
  updatePushTarget(@Caller() caller: SignedInCaller, @Args() { targetId, identifier }: UpdatePushTargetInput) {
    return this.targets.update(caller, targetId, identifier);
  }

  @Graph(op.deletePushTarget, () => None)
  deletePushTarget(@Caller() caller: SignedInCaller, @Args() { targetId }: TargetIdInput) {
    return this.targets.delete(caller, targetId);
  }
}
