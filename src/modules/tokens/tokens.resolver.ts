import { Args, Resolver } from '@nestjs/graphql';
import { Caller } from '../../contract/caller';
import { Graph } from '../../contract/operation';
import { TokenModel } from './token.model';
import { TokenRequests } from './token-requests.service';
import { EmailTokenInput, MagicUrlTokenInput, PhoneTokenInput } from './tokens.input';
import { op } from './tokens.operations';

@Resolver()
export class TokensResolver {
  constructor(private readonly requests: TokenRequests) {}

  @Graph(op.createEmailToken, () => TokenModel)
  createEmail(@Caller() caller: Caller, @Args() input: EmailTokenInput) {
    return this.requests.createEmail(caller, input);
  }

  @Graph(op.createMagicURLToken, () => TokenModel)
  createMagicUrl(@Caller() caller: Caller, @Args() input: MagicUrlTokenInput) {
    return this.requests.createMagicUrl(caller, input);
  }

  @Graph(op.createPhoneToken, () => TokenModel)
  createPhone(@Caller() caller: Caller, @Args() input: PhoneTokenInput) {
    return this.requests.createPhone(caller, input);
  }
}
