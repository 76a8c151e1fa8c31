import { Controller } from '@nestjs/common';
import { Caller, type SignedInCaller } from '../../contract/caller';
import { Input } from '../../contract/input';
import { Rest } from '../../contract/operation';
import { EmailPasswordInput, SessionIdInput } from './sessions.input';
import { op } from './sessions.operations';
import { Sessions } from './sessions.service';

@Controller()
export class SessionsController {
  constructor(private readonly sessions: Sessions) {}

  @Rest(op.createEmailPasswordSession)
  createWithPassword(@Caller() caller: Caller, @Input() input: EmailPasswordInput) {
    return this.sessions.createWithPassword(caller, input);
  }

  @Rest(op.listSessions)
  list(@Caller() caller: SignedInCaller) {
    return this.sessions.list(caller);
  }

  @Rest(op.getSession)
  get(@Caller() caller: SignedInCaller, @Input() { sessionId }: SessionIdInput) {
    return this.sessions.get(caller, sessionId);
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
