// https://control.msg91.com/apidoc/textsms/send-sms-flow.php, today's form: https://docs.msg91.com/sms/send-sms
import type { SmsAccount } from '../../../config/sms-url';
import { Gateway, withoutPlus } from './gateway';
import type { SmsChannel } from './sms.channel';

/** The number is not valid. */
const INVALID_MOBILE = '202';

/** Sends a template that the operator has registered, as Indian law wants it: we give the code, as its variable `otp`. */
export function msg91({ user, secret, parameters, endpoint = 'https://control.msg91.com' }: SmsAccount, timeout?: number): SmsChannel {
  const gateway = new Gateway('MSG91', `${endpoint}/api/v5/flow`, { authkey: secret }, timeout);
  return {
    async send({ to, code }) {
      const recipients = [{ mobiles: withoutPlus(to), otp: code }];
      const reply = await gateway.json<{ type: string; code: string; message: string }>({ template_id: parameters.templateId, sender: user, recipients });
      if (reply.status < 300 && reply.body.type === 'success') return;
      const { code: fault, message } = reply.body;
      throw gateway.refusal(reply, fault, String(fault) === INVALID_MOBILE || saysInvalidMobile(message));
    },
  };
}

/** The flow API tells some of its faults by words alone. */
function saysInvalidMobile(message: unknown): boolean {
  return typeof message === 'string' && /\binvalid mobile/i.test(message);
}
