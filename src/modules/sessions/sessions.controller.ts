import { Controller } from '@nestjs/common';
import { Caller, type SignedInCaller } from '../../contract/caller';
import { Input } from '../../contract/input';
import { Rest } from '../../contract/operation';
import { EmailPasswordInput, SessionIdInput, TokenSessionInput } from './sessions.input';
import { op } from './sessions.operations';
import { Sessions } from './sessions.service';
import { TokenSignIn } from './token-sign-in';

@Controller()
export class SessionsController {
  constructor(
    private readonly sessions: Sessions,
    private readonly tokens: TokenSignIn,
  ) {}

  @Rest(op.createEmailPasswordSession)
  createWithPassword(@Caller() caller: Caller, @Input() input: EmailPasswordInput) {
    return this.sessions.createWithPassword(caller, input);
  }

  @Rest(op.createAnonymousSession)
  createAnonymous(@Caller() caller: Caller) {
    return this.sessions.createAnonymous(caller);
  }

  @Rest(op.createSession)
  createWithToken(@Caller() caller: Caller, @Input() input: TokenSessionInput) {
    return this.tokens.signIn(caller, input, op.createSession);
  }

  @Rest(op.updateMagicURLSession)
  createWithMagicUrl(@Caller() caller: Caller, @Input() input: TokenSessionInput) {
    return this.tokens.signIn(caller, input, op.updateMagicURLSession);
  }

  @Rest(op.updatePhoneSession)
  createWithPhone(@Caller() caller: Caller, @Input() input: TokenSessionInput) {
    return this.tokens.signIn(caller, input, op.updatePhoneSession);
  }

  @Rest(op.listSessions)
  list(@Caller() caller: SignedInCaller) {
    return this.sessions.list(caller);
  }

  @Rest(op.getSession)
  get(@Caller() caller: SignedInCaller, @Input() { sessionId }: SessionIdInput) {
    return this.sessions.get(caller, sessionId);
  }

  @Rest(op.updateSession)
  extend(@Caller() caller: SignedInCaller, @Input() { sessionId }: SessionIdInput) {
    return this.sessions.extend(caller, sessionId);
  }

  @Rest(op.deleteSession)
  delete(@Caller() caller: SignedInCaller, @Input() { sessionId }: SessionIdInput) {
    return this.sessions.delete(caller, sessionId);
  }

  @Rest(op.deleteSessions)
  deleteAll(@Caller() caller: SignedInCaller) {
    return this.sessions.deleteAll(caller);
  }
}
