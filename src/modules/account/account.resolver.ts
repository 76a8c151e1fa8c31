import { Args, Resolver } from '@nestjs/graphql';
import { Caller, type SignedInCaller } from '../../contract/caller';
import { Graph } from '../../contract/operation';
import { PreferencesModel, UserModel } from '../users';
import { CreateAccountInput, CreateJwtInput, NameInput, PrefsInput } from './account.input';
import { op } from './account.operations';
import { Account } from './account.service';
import { JwtModel } from './jwt.model';

@Resolver()
export class AccountResolver {
  constructor(private readonly account: Account) {}

  @Graph(op.create, () => UserModel)
  create(@Caller() caller: Caller, @Args() input: CreateAccountInput) {
    return this.account.create(caller, input);
  }

  @Graph(op.get, () => UserModel)
  get(@Caller() caller: SignedInCaller) {
    return this.account.get(caller);
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
