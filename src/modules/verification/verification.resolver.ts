import { Args, Resolver } from '@nestjs/graphql';
import { Caller, type SignedInCaller } from '../../contract/caller';
import { Graph } from '../../contract/operation';
import { TokenModel } from '../tokens';
import { ConfirmVerificationInput, CreateVerificationInput } from './verification.input';
import { op } from './verification.operations';
import { Verification } from './verification.service';

@Resolver()
export class VerificationResolver {
  constructor(private readonly verification: Verification) {}

  @Graph(op.createEmailVerification, () => TokenModel)
  createEmail(@Caller() caller: SignedInCaller, @Args() input: CreateVerificationInput) {
    return this.verification.createEmail(caller, input);
  }

  @Graph(op.updateEmailVerification, () => TokenModel)
  confirmEmail(@Caller() caller: Caller, @Args() input: ConfirmVerificationInput) {
    return this.verification.confirmEmail(caller, input);
  }
}
