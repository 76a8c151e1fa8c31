// https://www.textmagic.com/docs/api/send-sms/, errors: https://www.textmagic.com/docs/api/response-codes/
import type { SmsAccount } from '../../../config/sms-url';
import { Gateway, withoutPlus } from './gateway';
import type { SmsChannel } from './sms.channel';

interface Answer {
  id: number;
  code: number;
  errors: unknown;
}

export function textmagic({ user, secret, from, endpoint = 'https://rest.textmagic.com' }: SmsAccount, timeout?: number): SmsChannel {
  const gateway = new Gateway('TextMagic', `${endpoint}/api/v2/messages`, { 'X-TM-Username': user, 'X-TM-Key': secret }, timeout);
  const sender = from && withoutPlus(from);
  return {
    async send({ to, text, messageId }) {
      const reply = await gateway.form<Answer>({ text, phones: withoutPlus(to), from: sender, referenceId: messageId });
      if (reply.status < 300 && /^\d+$/.test(String(reply.body.id))) return;
      throw gateway.refusal(reply, reply.body.code, blamesTheNumber(reply.body.errors));
    },
  };
}

/** Its errors have no codes: they stand under the parameter they are about. */
function blamesTheNumber(errors: unknown): boolean {
  const { fields } = (errors ?? {}) as { fields?: { phones?: unknown } | null };
  return Array.isArray(fields?.phones) && fields.phones.length > 0;
}
