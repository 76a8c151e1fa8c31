import { Controller } from '@nestjs/common';
import { Caller, type SignedInCaller } from '../../contract/caller';
import { Input } from '../../contract/input';
import { Rest } from '../../contract/operation';
import { Recovery } from './recovery.service';
import { ConfirmInput, ConfirmRecoveryInput, CreateRecoveryInput, CreateVerificationInput } from './verification.input';
import { op } from './verification.operations';
import { Verification } from './verification.service';

@Controller()
export class VerificationController {
  constructor(
    private readonly verification: Verification,
    private readonly recovery: Recovery,
  ) {}

  @Rest(op.createRecovery)
  createRecovery(@Caller() caller: Caller, @Input() input: CreateRecoveryInput) {
    return this.recovery.create(caller, input);
  }

  @Rest(op.updateRecovery)
  confirmRecovery(@Caller() caller: Caller, @Input() input: ConfirmRecoveryInput) {
    return this.recovery.confirm(caller, input);
  }

  @Rest(op.createEmailVerification)
  createEmail(@Caller() caller: SignedInCaller, @Input() input: CreateVerificationInput) {
    return this.verification.createEmail(caller, input);
  }

  @Rest(op.updateEmailVerification)
  confirmEmail(@Caller() caller: Caller, @Input() input: ConfirmInput) {
    return this.verification.confirmEmail(caller, input);
  }

  @Rest(op.createPhoneVerification)
  createPhone(@Caller() caller: SignedInCaller) {
    return this.verification.createPhone(caller);
  }

  @Rest(op.updatePhoneVerification)
  confirmPhone(@Caller() caller: Caller, @Input() input: ConfirmInput) {
    return this.verification.confirmPhone(caller, input);
  }
}
