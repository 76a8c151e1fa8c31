/** Every mail and SMS the product sends: its channel, its template, and the data the template needs. */
export const MESSAGES = {
  verification: { channel: 'mail', template: 'verification', urgent: false },
} as const;

export type MessageName = keyof typeof MESSAGES;

export interface MessageData {
  verification: { user: string; project: string; redirect: string; expire: string };
}

export interface Message<Name extends MessageName = MessageName> {
  name: Name;
  projectId: string;
  /** The stored address, never one from the request. */
  to: string;
  locale: string;
  data: MessageData[Name];
}
