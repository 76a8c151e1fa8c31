import { Controller } from '@nestjs/common';
import { Caller, type SignedInCaller } from '../../contract/caller';
import { Input } from '../../contract/input';
import { Rest } from '../../contract/operation';
import { CreateAccountInput, CreateJwtInput, NameInput, PrefsInput } from './account.input';
import { op } from './account.operations';
import { Account } from './account.service';

@Controller()
export class AccountController {
  constructor(private readonly account: Account) {}

  @Rest(op.create)
  create(@Caller() caller: Caller, @Input() input: CreateAccountInput) {
    return this.account.create(caller, input);
  }

  @Rest(op.get)
  get(@Caller() caller: SignedInCaller) {
    return this.account.get(caller);
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
