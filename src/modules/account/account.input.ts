import { ArgsType } from '@nestjs/graphql';
import { CustomId, Email, Integer, JsonObject, Password, Text } from '../../contract/params';

/** Bytes of compact JSON. */
export const PREFS_LIMIT = 65_536;

@ArgsType()
export class CreateAccountInput {
  @CustomId({ description: 'The user’s id: of your choice, or `unique()`.' })
  userId: string;

  @Email({ description: 'The user’s e-mail address.' })
  email: string;

  @Password({ description: '8 to 256 bytes.' })
  password: string;

  @Text(1, 128, { optional: true, description: 'The user’s name.' })
  name?: string;
}

@ArgsType()
export class NameInput {
  @Text(1, 128, { description: 'The user’s name.' })
  name: string;
}

@ArgsType()
export class PrefsInput {
  @JsonObject(PREFS_LIMIT, { description: 'Replaces what was there.' })
  prefs: object;
}

@ArgsType()
export class CreateJwtInput {
  @Integer(0, 3_600, { optional: true, description: 'Seconds until it expires; 900 unless told.' })
  duration?: number;
}
