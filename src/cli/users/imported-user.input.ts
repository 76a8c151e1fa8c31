import { ArgsType } from '@nestjs/graphql';
import { CustomId, Email, Flag, Instant, JsonObject, Labels, Password, Phone, Text } from '../../contract/params';
import { PREFS_LIMIT } from '../../modules/users';

/** One row of an import. The rules are the API's, and so is the code that applies them. */
@ArgsType()
export class ImportedUserInput {
  @CustomId({ optional: true })
  userId?: string;

  @Email({ optional: true })
  email?: string;

  @Phone({ optional: true })
  phone?: string;

  @Text(1, 128, { optional: true })
  name?: string;

  /** As it is typed; or else a hash with its algorithm and options. */
  @Password({ optional: true })
  password?: string;

  @Text(1, 512, { optional: true })
  hash?: string;

  @Text(1, 32, { optional: true })
  algorithm?: string;

  @JsonObject(4_096, { optional: true })
  options?: Record<string, unknown>;

  @Flag({ optional: true })
  emailVerification?: boolean;

  @Flag({ optional: true })
  phoneVerification?: boolean;

  @Flag({ optional: true })
  status?: boolean;

  @Labels({ optional: true })
  labels?: string[];

  @JsonObject(PREFS_LIMIT, { optional: true })
  prefs?: object;

  @Instant({ optional: true })
  registration?: string;

  @Instant({ optional: true })
  createdAt?: string;
}
