import { readSmsUrl, type SmsAccount } from '../../../config/sms-url';
import { fast2sms } from './fast2sms';
import { http } from './http';
import { msg91 } from './msg91';
import type { SmsChannel } from './sms.channel';
import { telesign } from './telesign';
import { textmagic } from './textmagic';
import { twilio } from './twilio';
import { vonage } from './vonage';

const CHANNELS: Record<SmsAccount['provider'], (account: SmsAccount, timeout?: number) => SmsChannel> = {
  twilio,
  vonage,
  telesign,
  textmagic,
  msg91,
  fast2sms,
  http,
};

/** @param timeout milliseconds for one exchange with the provider @throws Error when the URL is wrong; preflight has said so before */
export function smsChannel(url: string, timeout?: number): SmsChannel {
  const account = readSmsUrl(url);
  return CHANNELS[account.provider](account, timeout);
}
