import { Controller } from '@nestjs/common';
import { Caller, type SignedInCaller } from '../../contract/caller';
import { Input } from '../../contract/input';
import { Rest } from '../../contract/operation';
import { ConfirmVerificationInput, CreateVerificationInput } from './verification.input';
import { op } from './verification.operations';
import { Verification } from './verification.service';

@Controller()
export class VerificationController {
  constructor(private readonly verification: Verification) {}

  @Rest(op.createEmailVerification)
  createEmail(@Caller() caller: SignedInCaller, @Input() input: CreateVerificationInput) {
    return this.verification.createEmail(caller, input);
  }

  @Rest(op.updateEmailVerification)
  confirmEmail(@Caller() caller: Caller, @Input() input: ConfirmVerificationInput) {
    return this.verification.confirmEmail(caller, input);
  }
}
