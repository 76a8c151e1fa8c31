export interface OutgoingSms {
  /** E.164. */
  to: string;
  text: string;
  /** The code in the text, for providers that hold the words themselves. */
  code: string;
  /** The same for every attempt. */
  messageId: string;
}

export interface SmsChannel {
  /** @throws ChannelError permanent when it is the recipient who cannot be reached; whatever the operator may mend is temporary */
  send(sms: OutgoingSms): Promise<void>;
}
