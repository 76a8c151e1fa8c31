import { ArgsType } from '@nestjs/graphql';
import { Text, Uid, Url } from '../../contract/params';

@ArgsType()
export class CreateVerificationInput {
  @Url({ description: 'Where the link in the mail leads: a page of the app, on one of the project’s platforms. userId, secret and expire are added to its query.' })
  url: string;
}

@ArgsType()
export class ConfirmVerificationInput {
  @Uid({ description: 'The user, from the link’s query.' })
  userId: string;

  @Text(1, 256, { description: 'The secret, from the link’s query.' })
  secret: string;
}
