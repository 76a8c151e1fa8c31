import { ArgsType } from '@nestjs/graphql';
import { CustomId, Email, Flag, Integer, JsonObject, Password, Phone, Queries, Text, Uid } from '../../contract/params';
import { PREFS_LIMIT } from '../users';

@ArgsType()
export class CreateAccountInput {
  @CustomId({ description: 'The user’s id: of your choice, or `unique()`.' })
  userId: string;

  @Email({ description: 'The user’s e-mail address.' })
  email: string;

  @Password({ description: 'The user’s password.' })
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

@ArgsType()
export class ChangeEmailInput {
  @Email({ description: 'The new address.' })
  email: string;

  @Password({ description: 'The account’s password; the first one where it has none yet.' })
  password: string;
}

@ArgsType()
export class ChangePhoneInput {
  @Phone({ description: 'The new number, such as +16175551212.' })
  phone: string;

  @Password({ description: 'The account’s password; the first one where it has none yet.' })
  password: string;
}

@ArgsType()
export class ChangePasswordInput {
  @Password({ description: 'The new password.' })
  password: string;

  @Password({ optional: true, description: 'The present password. Needed unless the account has none.' })
  oldPassword?: string;
}

@ArgsType()
export class ListInput {
  @Queries({ description: 'Queries, as the SDK’s Query class writes them.' })
  queries?: string[];

  @Flag({ optional: true, description: 'false spares the counting; `total` is 0 then.' })
  total?: boolean;
}

@ArgsType()
export class IdentityIdInput {
  @Uid({ description: 'The identity’s id.' })
  identityId: string;
}

@ArgsType()
export class CreatePushTargetInput {
  @CustomId({ description: 'The target’s id: of your choice, or `unique()`.' })
  targetId: string;

  @Text(1, 255, { description: 'The device’s token at its push service.' })
  identifier: string;

  @Uid({ optional: true, description: 'The push provider’s id.' })
  providerId?: string;
}

@ArgsType()
export class TargetIdInput {
  @Uid({ description: 'The target’s id.' })
  targetId: string;
}

@ArgsType()
export class UpdatePushTargetInput extends TargetIdInput {
  @Text(1, 255, { description: 'The device’s token at its push service.' })
  identifier: string;
}
