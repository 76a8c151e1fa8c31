import { Args, Resolver } from '@nestjs/graphql';
import { Caller, type SignedInCaller } from '../../contract/caller';
import { None } from '../../contract/none';
import { Graph } from '../../contract/operation';
import { SessionModel } from '../sessions';
import { UserModel } from '../users';
import { Challenges } from './challenges.service';
import { AnswerChallengeInput, AuthenticatorTypeInput, CreateChallengeInput, DeleteAuthenticatorInput, MfaInput, VerifyAuthenticatorInput } from './mfa.input';
import { MfaChallengeModel, MfaFactorsModel, MfaRecoveryCodesModel, MfaTypeModel } from './mfa.model';
import { op } from './mfa.operations';
import { Mfa } from './mfa.service';

@Resolver()
export class MfaResolver {
  constructor(
    private readonly mfa: Mfa,
    private readonly challenges: Challenges,
  ) {}

  @Graph(op.updateMFA, () => UserModel)
  update(@Caller() caller: SignedInCaller, @Args() input: MfaInput) {
    return this.mfa.update(caller, input);
  }

  @Graph(op.createMFAAuthenticator, () => MfaTypeModel)
  createAuthenticator(@Caller() caller: SignedInCaller, @Args() _: AuthenticatorTypeInput) {
    return this.mfa.addAuthenticator(caller);
  }

  @Graph(op.updateMFAAuthenticator, () => UserModel)
  updateAuthenticator(@Caller() caller: SignedInCaller, @Args() input: VerifyAuthenticatorInput) {
    return this.mfa.verifyAuthenticator(caller, input);
  }

  @Graph(op.deleteMFAAuthenticator, () => None)
  deleteAuthenticator(@Caller() caller: SignedInCaller, @Args() input: DeleteAuthenticatorInput) {
    return this.mfa.removeAuthenticator(caller, input);
  }

  @Graph(op.createMFAChallenge, () => MfaChallengeModel)
  createChallenge(@Caller() caller: SignedInCaller, @Args() input: CreateChallengeInput) {
    return this.challenges.create(caller, input);
  }

  @Graph(op.updateMFAChallenge, () => SessionModel)
  updateChallenge(@Caller() caller: SignedInCaller, @Args() input: AnswerChallengeInput) {
    return this.challenges.answer(caller, input);
  }

  @Graph(op.listMFAFactors, () => MfaFactorsModel)
  listFactors(@Caller() caller: SignedInCaller) {
    return this.mfa.factors(caller);
  }

  @Graph(op.getMFARecoveryCodes, () => MfaRecoveryCodesModel)
  getRecoveryCodes(@Caller() caller: SignedInCaller) {
    return this.mfa.recoveryCodes(caller);
  }

  @Graph(op.createMFARecoveryCodes, () => MfaRecoveryCodesModel)
  createRecoveryCodes(@Caller() caller: SignedInCaller) {
    return this.mfa.createRecoveryCodes(caller);
  }

  @Graph(op.updateMFARecoveryCodes, () => MfaRecoveryCodesModel)
  updateRecoveryCodes(@Caller() caller: SignedInCaller) {
    return this.mfa.replaceRecoveryCodes(caller);
  }
}
