import { ArgsType } from '@nestjs/graphql';
import { CustomId, Email, Flag, Phone, Url } from '../../contract/params';

const NEW_ID = 'The id of the user who is made when the address is unknown: of your choice, or `unique()`.';

@ArgsType()
export class EmailTokenInput {
  @CustomId({ description: NEW_ID })
  userId: string;

  @Email({ description: 'Where the message goes.' })
  email: string;

  @Flag({ optional: true, description: 'Ask for a security phrase: shown in the answer and in the mail, so that the user can compare.' })
  phrase?: boolean;
}

@ArgsType()
export class MagicUrlTokenInput extends EmailTokenInput {
  @Url({ optional: true, description: 'Where the link leads: a page of the app, on one of the project’s platforms. Without it our own page completes the sign-in.' })
  url?: string;
}

@ArgsType()
export class PhoneTokenInput {
  @CustomId({ description: NEW_ID })
  userId: string;

  @Phone({ description: 'Where the message goes, such as +16175551212.' })
  phone: string;
}
