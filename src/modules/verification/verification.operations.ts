import { perHour } from '../../contract/limits';
import { defineOperations } from '../../contract/operation';

export const op = defineOperations({
  createEmailVerification: {
    summary: 'Send a mail that proves the address',
    rest: 'POST /account/verification',
    aliases: ['/account/verifications/email'],
    graphql: 'mutation accountCreateEmailVerification',
    graphqlAliases: ['accountCreateVerification'],
    status: 201,
    access: 'user',
    limit: perHour(10, 'userId'),
    audit: 'verification.create',
    errors: ['general_smtp_disabled', 'user_email_not_found', 'user_email_already_verified'],
  },
  updateEmailVerification: {
    summary: 'Confirm the address with the secret from the mail',
    rest: 'PUT /account/verification',
    aliases: ['/account/verifications/email'],
    graphql: 'mutation accountUpdateEmailVerification',
    graphqlAliases: ['accountUpdateVerification'],
    status: 200,
    access: 'public',
    limit: perHour(10, 'param-userId'),
    audit: 'verification.update',
    errors: ['user_invalid_token'],
  },
});
