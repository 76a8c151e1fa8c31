export interface OutgoingSms {
  /** E.164. */
  to: string;
  from: string;
  text: string;
  /** The same for every attempt. */
  messageId: string;
}

export interface SmsChannel {
  /** @throws ChannelError */
  send(sms: OutgoingSms): Promise<void>;
}
