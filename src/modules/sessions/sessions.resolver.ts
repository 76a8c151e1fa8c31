import { Args, Resolver } from '@nestjs/graphql';
import { Caller, type SignedInCaller } from '../../contract/caller';
import { None } from '../../contract/none';
import { Graph } from '../../contract/operation';
import { SessionListModel, SessionModel } from './session.model';
import { EmailPasswordInput, SessionIdInput, TokenSessionInput } from './sessions.input';
import { op } from './sessions.operations';
import { Sessions } from './sessions.service';
import { TokenSignIn } from './token-sign-in';

@Resolver()
export class SessionsResolver {
  constructor(
    private readonly sessions: Sessions,
    private readonly tokens: TokenSignIn,
  ) {}

  @Graph(op.createEmailPasswordSession, () => SessionModel)
  createWithPassword(@Caller() caller: Caller, @Args() input: EmailPasswordInput) {
    return this.sessions.createWithPassword(caller, input);
  }

  @Graph(op.createAnonymousSession, () => SessionModel)
  createAnonymous(@Caller() caller: Caller) {
    return this.sessions.createAnonymous(caller);
  }

  @Graph(op.createSession, () => SessionModel)
  createWithToken(@Caller() caller: Caller, @Args() input: TokenSessionInput) {
    return this.tokens.signIn(caller, input, op.createSession);
  }

  @Graph(op.updateMagicURLSession, () => SessionModel)
  createWithMagicUrl(@Caller() caller: Caller, @Args() input: TokenSessionInput) {
    return this.tokens.signIn(caller, input, op.updateMagicURLSession);
  }

  @Graph(op.updatePhoneSession, () => SessionModel)
  createWithPhone(@Caller() caller: Caller, @Args() input: TokenSessionInput) {
    return this.tokens.signIn(caller, input, op.updatePhoneSession);
  }

  @Graph(op.listSessions, () => SessionListModel)
  list(@Caller() caller: SignedInCaller) {
    return this.sessions.list(caller);
  }

  @Graph(op.getSession, () => SessionModel)
  get(@Caller() caller: SignedInCaller, @Args() { sessionId }: SessionIdInput) {
    return this.sessions.get(caller, sessionId);
  }

  @Graph(op.updateSession, () => SessionModel)
  extend(@Caller() caller: SignedInCaller, @Args() { sessionId }: SessionIdInput) {
    return this.sessions.extend(caller, sessionId);
  }

  @Graph(op.deleteSession, () => None)
  delete(@Caller() caller: SignedInCaller, @Args() { sessionId }: SessionIdInput) {
    return this.sessions.delete(caller, sessionId);
  }

  @Graph(op.deleteSessions, () => None)
  deleteAll(@Caller() caller: SignedInCaller) {
    return this.sessions.deleteAll(caller);
  }
}
