// https://docs.fast2sms.com/reference/dlt-sms-single, and the route "q" of https://docs.fast2sms.com
// Codes: https://docs.fast2sms.com/reference/error-code-list
import type { SmsAccount } from '../../../config/sms-url';
import { ChannelError } from '../channel';
import { isUnicode } from './alphabet';
import { Gateway } from './gateway';
import type { OutgoingSms, SmsChannel } from './sms.channel';

const INVALID_NUMBERS = 411;

/** India only. On its DLT route a registered message is sent with the code as its variable, else our own text. */
export function fast2sms({ user, secret, parameters, endpoint = 'https://www.fast2sms.com' }: SmsAccount, timeout?: number): SmsChannel {
  const gateway = new Gateway('Fast2SMS', `${endpoint}/dev/bulkV2`, { authorization: secret }, timeout);
  const message = ({ text, code }: OutgoingSms) =>
    parameters.useDLT === 'true'
      ? { route: 'dlt', sender_id: user, message: parameters.messageId, variables_values: code }
      : { route: 'q', message: text, language: isUnicode(text) ? 'unicode' : 'english' };
  return {
    async send(sms) {
      const number = /^\+91(\d{10})$/.exec(sms.to)?.[1];
      // Not the recipient's fault: another provider of the project may reach him.
      if (!number) throw new ChannelError('Fast2SMS reaches Indian numbers only; route the others to another provider', false);
      const reply = await gateway.json<{ return: boolean; status_code: number }>({ ...message(sms), numbers: number });
      if (reply.status < 300 && reply.body.return === true) return;
      throw gateway.refusal(reply, reply.body.status_code, Number(reply.body.status_code) === INVALID_NUMBERS);
    },
  };
}
