import { Controller } from '@nestjs/common';
import { Caller, type SignedInCaller } from '../../contract/caller';
import { Input } from '../../contract/input';
import { Rest } from '../../contract/operation';
import { ChangeEmailInput, ChangePasswordInput, ChangePhoneInput, CreateAccountInput, CreateJwtInput, NameInput, PrefsInput } from './account.input';
import { op } from './account.operations';
import { Account } from './account.service';
import { CredentialChanges } from './credential-changes.service';

@Controller()
export class AccountController {
  constructor(
    private readonly account: Account,
    private readonly changes: CredentialChanges,
  ) {}

  @Rest(op.create)
  create(@Caller() caller: Caller, @Input() input: CreateAccountInput) {
    return this.account.create(caller, input);
  }

  @Rest(op.get)
  get(@Caller() caller: SignedInCaller) {
    return this.account.get(caller);
  }

  @Rest(op.delete)
  delete(@Caller() caller: SignedInCaller) {
    return this.account.delete(caller);
  }

  @Rest(op.updateEmail)
  updateEmail(@Caller() caller: SignedInCaller, @Input() input: ChangeEmailInput) {
    return this.changes.email(caller, input);
  }

  @Rest(op.updatePassword)
  updatePassword(@Caller() caller: SignedInCaller, @Input() input: ChangePasswordInput) {
    return this.changes.password(caller, input);
  }

  @Rest(op.updatePhone)
  updatePhone(@Caller() caller: SignedInCaller, @Input() input: ChangePhoneInput) {
    return this.changes.phone(caller, input);
  }

  @Rest(op.updateStatus)
  updateStatus(@Caller() caller: SignedInCaller) {
    return this.account.block(caller);
  }

  @Rest(op.updateName)
  updateName(@Caller() caller: SignedInCaller, @Input() input: NameInput) {
    return this.account.updateName(caller, input);
  }

  @Rest(op.getPrefs)
  getPrefs(@Caller() caller: SignedInCaller) {
    return this.account.getPrefs(caller);
  }

  @Rest(op.updatePrefs)
  updatePrefs(@Caller() caller: SignedInCaller, @Input() input: PrefsInput) {
    return this.account.updatePrefs(caller, input);
  }

  @Rest(op.createJWT)
  createJWT(@Caller() caller: SignedInCaller, @Input() input: CreateJwtInput) {
    return this.account.createJWT(caller, input);
  }
}
