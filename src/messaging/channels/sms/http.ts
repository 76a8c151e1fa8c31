import type { SmsAccount } from '../../../config/sms-url';
import { Gateway } from './gateway';
import type { SmsChannel } from './sms.channel';

/** A plain HTTP gateway: JSON `{"from","to","message"}` with `X-Username` and `X-Key`, and its status as the whole answer. */
export function http({ user, secret, from = '+15550100', endpoint = '' }: SmsAccount, timeout?: number): SmsChannel {
  const gateway = new Gateway('SMS gateway', endpoint, { 'X-Username': user, 'X-Key': secret }, timeout);
  return {
    async send({ to, text, messageId }) {
      const reply = await gateway.json({ from, to, message: text }, { 'Idempotency-Key': messageId });
      if (reply.status >= 300) throw gateway.refusal(reply, undefined, true);
    },
  };
}
