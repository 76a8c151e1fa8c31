import { type MessageData, MESSAGES, type MessageName } from '../../contract/messages';
import { oneLine } from './fields';
import { engine } from './template-engine';
import { foldersOf, readStrings } from './template-files';
import { Wording } from './wording';

export type SmsName = { [Name in MessageName]: (typeof MESSAGES)[Name]['channel'] extends 'sms' ? Name : never }[MessageName];

export const SMS = Object.keys(MESSAGES).filter((name) => MESSAGES[name as MessageName].channel === 'sms') as SmsName[];

/** What a text may mention. */
export const SMS_FIELDS = ['otp', 'project'];

/** Longer names would push a text into a second segment, which costs and may arrive apart from the first. */
const LONGEST_NAME = 30;

export type SmsText = (name: SmsName, locale: string, data: Pick<MessageData[SmsName], 'otp' | 'project'>) => string;

/** The text of an SMS: the code first, so that phones offer to fill it in, and the sender's name against phishing. */
export const smsText = texter();

/** The same with an operator's words in front of ours. */
export function texter(overrides?: string): SmsText {
  const { compile } = engine('text', {});
  const wording = new Wording(readStrings(foldersOf(overrides), 'sms'), compile);

  return (name, locale, { otp, project }) => {
    const { lang, words } = wording.in(locale);
    return oneLine(words[name]({ otp: oneLine(otp), project: short(oneLine(project)) }, { data: { lang } }));
  };
}

/** By whole characters: half an emoji would be a question mark. */
function short(name: string): string {
  return Array.from(new Intl.Segmenter().segment(name.replace(/\s+/g, ' ')), ({ segment }) => segment)
    .slice(0, LONGEST_NAME)
    .join('')
    .trim();
}
