import { Args, Resolver } from '@nestjs/graphql';
import { Caller, type SignedInCaller } from '../../contract/caller';
import { None } from '../../contract/none';
import { Graph } from '../../contract/operation';
import { SessionListModel, SessionModel } from './session.model';
import { EmailPasswordInput, SessionIdInput } from './sessions.input';
import { op } from './sessions.operations';
import { Sessions } from './sessions.service';

@Resolver()
export class SessionsResolver {
  constructor(private readonly sessions: Sessions) {}

  @Graph(op.createEmailPasswordSession, () => SessionModel)
  createWithPassword(@Caller() caller: Caller, @Args() input: EmailPasswordInput) {
    return this.sessions.createWithPassword(caller, input);
  }

  @Graph(op.listSessions, () => SessionListModel)
  list(@Caller() caller: SignedInCaller) {
    return this.sessions.list(caller);
  }

  @Graph(op.getSession, () => SessionModel)
  get(@Caller() caller: SignedInCaller, @Args() { sessionId }: SessionIdInput) {
    return this.sessions.get(caller, sessionId);
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
