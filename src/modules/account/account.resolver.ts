import { Args, Resolver } from '@nestjs/graphql';
import { Caller, type SignedInCaller } from '../../contract/caller';
import { None } from '../../contract/none';
import { Graph } from '../../contract/operation';
import { PreferencesModel, UserModel } from '../users';
import { ChangeEmailInput, ChangePasswordInput, ChangePhoneInput, CreateAccountInput, CreateJwtInput, NameInput, PrefsInput } from './account.input';
import { op } from './account.operations';
import { Account } from './account.service';
import { CredentialChanges } from './credential-changes.service';
import { JwtModel } from './jwt.model';

@Resolver()
export class AccountResolver {
  constructor(
    private readonly account: Account,
    private readonly changes: CredentialChanges,
  ) {}

  @Graph(op.create, () => UserModel)
  create(@Caller() caller: Caller, @Args() input: CreateAccountInput) {
    return this.account.create(caller, input);
  }

  @Graph(op.get, () => UserModel)
  get(@Caller() caller: SignedInCaller) {
    return this.account.get(caller);
  }

  @Graph(op.delete, () => None)
  delete(@Caller() caller: SignedInCaller) {
    return this.account.delete(caller);
  }

  @Graph(op.updateEmail, () => UserModel)
  updateEmail(@Caller() caller: SignedInCaller, @Args() input: ChangeEmailInput) {
    return this.changes.email(caller, input);
  }

  @Graph(op.updatePassword, () => UserModel)
  updatePassword(@Caller() caller: SignedInCaller, @Args() input: ChangePasswordInput) {
    return this.changes.password(caller, input);
  }

  @Graph(op.updatePhone, () => UserModel)
  updatePhone(@Caller() caller: SignedInCaller, @Args() input: ChangePhoneInput) {
    return this.changes.phone(caller, input);
  }

  @Graph(op.updateStatus, () => UserModel)
  updateStatus(@Caller() caller: SignedInCaller) {
    return this.account.block(caller);
  }

  @Graph(op.updateName, () => UserModel)
  updateName(@Caller() caller: SignedInCaller, @Args() input: NameInput) {
    return this.account.updateName(caller, input);
  }

  @Graph(op.getPrefs, () => PreferencesModel)
  getPrefs(@Caller() caller: SignedInCaller) {
    return this.account.getPrefs(caller);
  }

  @Graph(op.updatePrefs, () => UserModel)
  updatePrefs(@Caller() caller: SignedInCaller, @Args() input: PrefsInput) {
    return this.account.updatePrefs(caller, input);
  }

  @Graph(op.createJWT, () => JwtModel)
  createJWT(@Caller() caller: SignedInCaller, @Args() input: CreateJwtInput) {
    return this.account.createJWT(caller, input);
  }
}
