// https://developer.vonage.com/en/api/sms, codes: https://developer.vonage.com/en/api-errors/sms
import type { SmsAccount } from '../../../config/sms-url';
import { isUnicode } from './alphabet';
import { Gateway, withoutPlus } from './gateway';
import type { SmsChannel } from './sms.channel';

const NEVER = new Set([
  '6', // no network knows the number's prefix
  '7', // barred: the recipient wants nothing
  '12', // the text is too long
  '33', // the number is deactivated
]);

/** Answers 200 to everything; a status for each part of the message stands in the body, and 0 is the good one. */
export function vonage({ user, secret, from = '', endpoint = 'https://rest.nexmo.com' }: SmsAccount, timeout?: number): SmsChannel {
  const gateway = new Gateway('Vonage', `${endpoint}/sms/json`, {}, timeout);
  return {
    async send({ to, text, messageId }) {
      const reply = await gateway.form<{ messages: unknown }>({
        api_key: user,
        api_secret: secret,
        from: withoutPlus(from),
        to: withoutPlus(to),
        text,
        type: isUnicode(text) ? 'unicode' : 'text',
        // No key of idempotency, only a mark: a message sent twice is recognised by it.
        'client-ref': messageId,
      });
      const parts = Array.isArray(reply.body.messages) ? (reply.body.messages as ({ status?: unknown } | null)[]) : [];
      const statuses = parts.map((part) => String(part?.status));
      if (reply.status < 300 && statuses.length > 0 && statuses.every((status) => status === '0')) return;
      const wrong = statuses.find((status) => status !== '0');
      throw gateway.refusal(reply, wrong, NEVER.has(String(wrong)));
    },
  };
}
