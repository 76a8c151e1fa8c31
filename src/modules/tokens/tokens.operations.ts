import { perHour } from '../../contract/limits';
import { defineOperations } from '../../contract/operation';

export const op = defineOperations({
  createEmailToken: {
    summary: 'Send a code by e-mail that opens a session',
    rest: 'POST /account/tokens/email',
    graphql: 'mutation accountCreateEmailToken',
    status: 201,
    access: 'anyone',
    method: 'emailOtp',
    limit: perHour(10, 'email', 'ip'),
    audit: 'session.create',
    errors: ['general_smtp_disabled', 'user_already_exists', 'user_count_exceeded'],
  },
  createMagicURLToken: {
    summary: 'Send a link by e-mail that opens a session',
    rest: 'POST /account/tokens/magic-url',
    aliases: ['/account/sessions/magic-url'],
    graphql: 'mutation accountCreateMagicURLToken',
    status: 201,
    access: 'anyone',
    method: 'magicUrl',
    limit: perHour(60, 'email', 'ip'),
    audit: 'session.create',
    errors: ['general_smtp_disabled', 'user_already_exists', 'user_count_exceeded'],
  },
  createPhoneToken: {
    summary: 'Send a code by SMS that opens a session',
    rest: 'POST /account/tokens/phone',
    aliases: ['/account/sessions/phone'],
    graphql: 'mutation accountCreatePhoneToken',
    status: 201,
    access: 'anyone',
    method: 'phone',
    limit: perHour(10, 'phone', 'ip'),
    audit: 'session.create',
    errors: ['general_phone_disabled', 'user_already_exists', 'user_count_exceeded'],
  },
});
