import { ArgsType } from '@nestjs/graphql';
import { Email, Password, Text, Uid, Url } from '../../contract/params';

const LANDING = 'Where the link in the mail leads: a page of the app, on one of the project’s platforms. userId, secret and expire are added to its query.';

@ArgsType()
export class CreateVerificationInput {
  @Url({ description: LANDING })
  url: string;
}

@ArgsType()
export class ConfirmInput {
  @Uid({ description: 'The user: from the link’s query, or from the answer that announced the code.' })
  userId: string;

  @Text(1, 256, { description: 'The secret from the link’s query, or the code.' })
  secret: string;
}

@ArgsType()
export class CreateRecoveryInput {
  @Email({ description: 'The account’s e-mail address.' })
  email: string;

  @Url({ description: LANDING })
  url: string;
}

@ArgsType()
export class ConfirmRecoveryInput extends ConfirmInput {
  @Password({ description: 'The new password.' })
  password: string;

  @Password({ optional: true, description: 'The new password again; sent by SDKs of the 1.4 era.' })
  passwordAgain?: string;
}
