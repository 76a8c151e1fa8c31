import { ArgsType } from '@nestjs/graphql';
import { CustomId, Email, Password, Text, Uid } from '../../contract/params';

@ArgsType()
export class EmailPasswordInput {
  @Email({ description: 'The user’s e-mail address.' })
  email: string;

  @Password({ description: 'The user’s password.' })
  password: string;
}

@ArgsType()
export class TokenSessionInput {
  @CustomId({ description: 'The user, from the token’s answer or the link’s query.' })
  userId: string;

  @Text(1, 256, { description: 'The secret or code that was sent.' })
  secret: string;
}

@ArgsType()
export class SessionIdInput {
  @Uid({ description: 'A session’s id, or `current` for the one in use.' })
  sessionId: string;
}
