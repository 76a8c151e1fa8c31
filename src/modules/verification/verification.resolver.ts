import { Args, Resolver } from '@nestjs/graphql';
import { Caller, type SignedInCaller } from '../../contract/caller';
import { Graph } from '../../contract/operation';
import { TokenModel } from '../tokens';
import { Recovery } from './recovery.service';
import { ConfirmInput, ConfirmRecoveryInput, CreateRecoveryInput, CreateVerificationInput } from './verification.input';
import { op } from './verification.operations';
import { Verification } from './verification.service';

@Resolver()
export class VerificationResolver {
  constructor(
    private readonly verification: Verification,
    private readonly recovery: Recovery,
  ) {}

  @Graph(op.createRecovery, () => TokenModel)
  createRecovery(@Caller() caller: Caller, @Args() input: CreateRecoveryInput) {
    return this.recovery.create(caller, input);
  }

  @Graph(op.updateRecovery, () => TokenModel)
  confirmRecovery(@Caller() caller: Caller, @Args() input: ConfirmRecoveryInput) {
    return this.recovery.confirm(caller, input);
  }

  @Graph(op.createEmailVerification, () => TokenModel)
  createEmail(@Caller() caller: SignedInCaller, @Args() input: CreateVerificationInput) {
    return this.verification.createEmail(caller, input);
  }

  @Graph(op.updateEmailVerification, () => TokenModel)
  confirmEmail(@Caller() caller: Caller, @Args() input: ConfirmInput) {
    return this.verification.confirmEmail(caller, input);
  }

  @Graph(op.createPhoneVerification, () => TokenModel)
  createPhone(@Caller() caller: SignedInCaller) {
    return this.verification.createPhone(caller);
  }

  @Graph(op.updatePhoneVerification, () => TokenModel)
  confirmPhone(@Caller() caller: Caller, @Args() input: ConfirmInput) {
    return this.verification.confirmPhone(caller, input);
  }
}
