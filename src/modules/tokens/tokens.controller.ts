import { Controller } from '@nestjs/common';
import { Caller } from '../../contract/caller';
import { Input } from '../../contract/input';
import { Rest } from '../../contract/operation';
import { TokenRequests } from './token-requests.service';
import { EmailTokenInput, MagicUrlTokenInput, PhoneTokenInput } from './tokens.input';
import { op } from './tokens.operations';

@Controller()
export class TokensController {
  constructor(private readonly requests: TokenRequests) {}

  @Rest(op.createEmailToken)
  createEmail(@Caller() caller: Caller, @Input() input: EmailTokenInput) {
    return this.requests.createEmail(caller, input);
  }

  @Rest(op.createMagicURLToken)
  createMagicUrl(@Caller() caller: Caller, @Input() input: MagicUrlTokenInput) {
    return this.requests.createMagicUrl(caller, input);
  }

  @Rest(op.createPhoneToken)
  createPhone(@Caller() caller: Caller, @Input() input: PhoneTokenInput) {
    return this.requests.createPhone(caller, input);
  }
}
