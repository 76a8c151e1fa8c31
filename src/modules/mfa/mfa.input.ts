import { ArgsType } from '@nestjs/graphql';
import { Choice, Flag, Text, Uid } from '../../contract/params';
import type { FactorName } from '../factors';

@ArgsType()
export class MfaInput {
  @Flag({ description: 'True: a session needs a second factor, where the user has one.' })
  mfa: boolean;
}

@ArgsType()
export class AuthenticatorTypeInput {
  @Choice(['totp'], { description: 'Kind of authenticator.' })
  type: 'totp';
}

@ArgsType()
export class VerifyAuthenticatorInput extends AuthenticatorTypeInput {
  @Text(1, 256, { description: 'A code that the app shows.' })
  otp: string;
}

@ArgsType()
export class DeleteAuthenticatorInput extends AuthenticatorTypeInput {
  @Text(1, 256, { optional: true, description: 'A code that the app shows, or a recovery code; it is spent. Not needed after a recent challenge.' })
  otp?: string;
}

@ArgsType()
export class CreateChallengeInput {
  @Choice(['email', 'phone', 'totp', 'recoveryCode'], { description: 'The factor to ask for.' })
  factor: FactorName;
}

@ArgsType()
export class AnswerChallengeInput {
  @Uid({ description: 'The challenge.' })
  challengeId: string;

  @Text(1, 256, { description: 'The code.' })
  otp: string;
}
