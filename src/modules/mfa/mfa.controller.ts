import { Controller } from '@nestjs/common';
import { Caller, type SignedInCaller } from '../../contract/caller';
import { Input } from '../../contract/input';
import { Rest } from '../../contract/operation';
import { Challenges } from './challenges.service';
import { AnswerChallengeInput, AuthenticatorTypeInput, CreateChallengeInput, DeleteAuthenticatorInput, MfaInput, VerifyAuthenticatorInput } from './mfa.input';
import { op } from './mfa.operations';
import { Mfa } from './mfa.service';

@Controller()
export class MfaController {
  constructor(
    private readonly mfa: Mfa,
    private readonly challenges: Challenges,
  ) {}

  @Rest(op.updateMFA)
  update(@Caller() caller: SignedInCaller, @Input() input: MfaInput) {
    return this.mfa.update(caller, input);
  }

  @Rest(op.createMFAAuthenticator)
  createAuthenticator(@Caller() caller: SignedInCaller, @Input() _: AuthenticatorTypeInput) {
    return this.mfa.addAuthenticator(caller);
  }

  @Rest(op.updateMFAAuthenticator)
  updateAuthenticator(@Caller() caller: SignedInCaller, @Input() input: VerifyAuthenticatorInput) {
    return this.mfa.verifyAuthenticator(caller, input);
  }

  @Rest(op.deleteMFAAuthenticator)
  deleteAuthenticator(@Caller() caller: SignedInCaller, @Input() input: DeleteAuthenticatorInput) {
    return this.mfa.removeAuthenticator(caller, input);
  }

  @Rest(op.createMFAChallenge)
  createChallenge(@Caller() caller: SignedInCaller, @Input() input: CreateChallengeInput) {
    return this.challenges.create(caller, input);
  }

  @Rest(op.updateMFAChallenge)
  updateChallenge(@Caller() caller: SignedInCaller, @Input() input: AnswerChallengeInput) {
    return this.challenges.answer(caller, input);
  }

  @Rest(op.listMFAFactors)
  listFactors(@Caller() caller: SignedInCaller) {
    return this.mfa.factors(caller);
  }

  @Rest(op.getMFARecoveryCodes)
  getRecoveryCodes(@Caller() caller: SignedInCaller) {
    return this.mfa.recoveryCodes(caller);
  }

  @Rest(op.createMFARecoveryCodes)
  createRecoveryCodes(@Caller() caller: SignedInCaller) {
    return this.mfa.createRecoveryCodes(caller);
  }

  @Rest(op.updateMFARecoveryCodes)
  updateRecoveryCodes(@Caller() caller: SignedInCaller) {
    return this.mfa.replaceRecoveryCodes(caller);
  }
}
