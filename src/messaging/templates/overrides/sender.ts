import { parseMailbox } from '../../channels/address';
import { readObject } from './words';

const FIELDS = ['from', 'replyTo'];

/** What is wrong with a `sender.json`. */
export function senderFaults(content: string): string[] {
  const read = readObject(content);
  if (typeof read === 'string') return [read];
  return Object.entries(read).flatMap(([field, value]) => {
    if (!FIELDS.includes(field)) return [`"${field}" is not known here; known are ${FIELDS.join(', ')}`];
    return typeof value === 'string' && parseMailbox(value) ? [] : [`"${field}" is not "Name <address>" or an address`];
  });
}
