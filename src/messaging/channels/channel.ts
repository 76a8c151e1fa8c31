import type { Mail } from '../templates/render';

export interface OutgoingMail extends Mail {
  /** Exactly one plain address. */
  to: string;
  /** `Name <address>` or an address. */
  from: string;
  replyTo?: string;
  /** The same for every attempt, so that a mail delivered twice is recognised as one. */
  messageId: string;
}

export interface MailChannel {
  /** @returns what the server said */
  send(mail: OutgoingMail): Promise<string>;
  /** Finishes what is on its way, then lets go of the connections. */
  close(): Promise<void>;
}

/** Fit for a log or a queue row: never holds a password, a link or any part of the message. */
export class ChannelError extends Error {
  constructor(
    message: string,
    /** Another attempt would fail the same way. */
    readonly permanent: boolean,
  ) {
    super(message);
    this.name = 'ChannelError';
  }
}
