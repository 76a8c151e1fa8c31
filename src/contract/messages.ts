/** Every mail and SMS the product sends: its channel, its template, and the data the template needs. */
export const MESSAGES = {
  verification: { channel: 'mail', template: 'verification', urgent: false },
  recovery: { channel: 'mail', template: 'recovery', urgent: true },
  magicUrl: { channel: 'mail', template: 'magic-url', urgent: true },
  emailOtp: { channel: 'mail', template: 'email-otp', urgent: true },
  mfaChallenge: { channel: 'mail', template: 'mfa-challenge', urgent: true },
  sessionAlert: { channel: 'mail', template: 'session-alert', urgent: false },
  smsLogin: { channel: 'sms', template: 'sms', urgent: true },
  smsVerification: { channel: 'sms', template: 'sms', urgent: true },
  smsMfaChallenge: { channel: 'sms', template: 'sms', urgent: true },
} as const;

export type MessageName = keyof typeof MESSAGES;

interface Link {
  user: string;
  project: string;
  redirect: string;
  /** ISO 8601. */
  expire: string;
}

/** What tells the reader who asked. */
interface SignIn {
  /** Empty when none was asked for. */
  phrase: string;
  agentDevice: string;
  agentClient: string;
  agentOs: string;
}

interface TextedCode {
  otp: string;
  project: string;
  /** ISO 8601. Not printed, but a code is not sent after it. */
  expire: string;
}

export interface MessageData {
  verification: Link;
  recovery: Link;
  magicUrl: Link & SignIn;
  emailOtp: Omit<Link, 'redirect'> & SignIn & { otp: string };
  mfaChallenge: Omit<Link, 'redirect'> & Omit<SignIn, 'phrase'> & { otp: string };
  sessionAlert: Omit<Link, 'redirect' | 'expire'> & {
    /** ISO 8601. */
    at: string;
    device: string;
    ip: string;
    country: string;
  };
  smsLogin: TextedCode;
  smsVerification: TextedCode;
  smsMfaChallenge: TextedCode;
}

export interface Message<Name extends MessageName = MessageName> {
  name: Name;
  projectId: string;
  /** The stored address, never one from the request. */
  to: string;
  locale: string;
  data: MessageData[Name];
}
