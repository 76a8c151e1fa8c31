// https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource
// Codes: https://www.twilio.com/docs/api/errors. The API knows no idempotency key.
import type { SmsAccount } from '../../../config/sms-url';
import { basic, Gateway } from './gateway';
import type { SmsChannel } from './sms.channel';

const NEVER = new Set([
  21211, // the number is not valid
  21217,
  21265, // a short code
  21266, // the sender itself
  21610, // unsubscribed
  21614, // not a mobile number
  21617, // the text is too long
  21635, // a landline
]);

export function twilio(account: SmsAccount, timeout?: number): SmsChannel {
  const { user, from = '', endpoint = 'https://api.twilio.com' } = account;
  const gateway = new Gateway('Twilio', `${endpoint}/2010-04-01/Accounts/${encodeURIComponent(user)}/Messages.json`, { Authorization: basic(account) }, timeout);
  const sender = /^MG[0-9a-f]{32}$/i.test(from) ? { MessagingServiceSid: from } : { From: from };
  return {
    async send({ to, text }) {
      const reply = await gateway.form<{ sid: string; code: number }>({ To: to, ...sender, Body: text });
      if (reply.status < 300 && typeof reply.body.sid === 'string') return;
      throw gateway.refusal(reply, reply.body.code, NEVER.has(Number(reply.body.code)));
    },
  };
}
