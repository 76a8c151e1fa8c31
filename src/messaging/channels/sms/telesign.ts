// https://developer.telesign.com/enterprise/reference/sms
// Codes: https://developer.telesign.com/enterprise/docs/all-status-and-error-codes
import type { SmsAccount } from '../../../config/sms-url';
import { basic, Gateway, withoutPlus } from './gateway';
import type { SmsChannel } from './sms.channel';

/** Delivered, at the network's gateway, on its way, queued, delayed. */
const SENT = new Set([200, 203, 290, 291, 292, 295]);
const NEVER = new Set([
  211, // the phone cannot take it, ever
  222, // no SMS on this phone or plan
  229, // blocked on the customer's list
  230, // blocked on everybody's list
  231, // no such content
  11000, // the number is not valid
  11001, // nor its country
]);

/** "Code against the status, rather than the HTTP status code": a 200 may hold a refusal. */
export function telesign(account: SmsAccount, timeout?: number): SmsChannel {
  const { from, endpoint = 'https://rest-ww.telesign.com' } = account;
  const gateway = new Gateway('Telesign', `${endpoint}/v1/messaging`, { Authorization: basic(account) }, timeout);
  const sender = from && withoutPlus(from);
  return {
    async send({ to, text, messageId }) {
      const fields = { phone_number: withoutPlus(to), message: text, message_type: 'OTP', sender_id: sender, external_id: messageId };
      const reply = await gateway.form<{ status: unknown }>(fields);
      const code = Number((reply.body.status as { code?: unknown } | null | undefined)?.code);
      if (reply.status < 300 && SENT.has(code)) return;
      throw gateway.refusal(reply, code, NEVER.has(code));
    },
  };
}
