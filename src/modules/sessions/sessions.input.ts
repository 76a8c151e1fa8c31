import { ArgsType } from '@nestjs/graphql';
import { Email, Password, Uid } from '../../contract/params';

@ArgsType()
export class EmailPasswordInput {
  @Email({ description: 'The user’s e-mail address.' })
  email: string;

  @Password({ description: 'The user’s password.' })
  password: string;
}

@ArgsType()
export class SessionIdInput {
  @Uid({ description: 'A session’s id, or `current` for the one in use.' })
  sessionId: string;
}
