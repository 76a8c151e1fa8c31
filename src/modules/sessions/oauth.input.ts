import { ArgsType } from '@nestjs/graphql';
import { Text, TextList, Url } from '../../contract/params';

@ArgsType()
export class OAuthInput {
  @Text(1, 64, { description: 'Name of the provider, as the projects file has it.' })
  provider: string;

  @Url({ optional: true, description: 'Where the browser goes after a sign-in. Its host is one of the project’s platforms.' })
  success?: string;

  @Url({ optional: true, description: 'Where the browser goes when there is none; `error` in its query says why.' })
  failure?: string;

  @TextList(100, 4_096, { optional: true, description: 'Scopes to ask the provider for, besides those of every sign-in.' })
  scopes?: string[];
}
