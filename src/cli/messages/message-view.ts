import { datetime } from '../../contract/datetime';
import { MESSAGES } from '../../contract/messages';
import { Vault } from '../../infra/crypto/vault';
import { type Envelope, ENVELOPE } from '../../infra/outbox/outbox';
import type { OutboxEntity } from '../../infra/outbox/outbox.entity';
import type { Get } from '../in-project';
import { masked } from './masked';

/** A message as an operator sees it: what happens to it, never what is in it. */
export interface MessageView {
  id: string;
  project: string;
  name: string;
  /** Empty for a message of another version. */
  channel: 'mail' | 'sms' | '';
  state: OutboxEntity['state'];
  /** Masked. Null once sent: with the content goes the address. */
  recipient: string | null;
  userId: string;
  urgent: boolean;
  attempts: number;
  /** Of these before the last retry by an operator. */
  forgiven: number;
  createdAt: string;
  /** Of a pending one. */
  nextTryAt: string | null;
  sentAt: string | null;
  /** Seconds from promise to sending. */
  took: number | null;
  lastError: string | null;
}

export function viewOf(get: Get, row: OutboxEntity): MessageView {
  const { id, projectId, name, state, userId, urgent, attempts, forgiven, createdAt, dueAt, sentAt, lastError } = row;
  return {
    id,
    project: projectId,
    name,
    channel: name in MESSAGES ? MESSAGES[name].channel : '',
    state,
    recipient: recipientOf(get(Vault), row),
    userId,
    urgent: Boolean(urgent),
    attempts,
    forgiven,
    createdAt: datetime(createdAt),
    nextTryAt: state === 'pending' ? datetime(dueAt) : null,
    sentAt: sentAt && datetime(sentAt),
    took: sentAt && (sentAt.getTime() - createdAt.getTime()) / 1_000,
    lastError,
  };
}

function recipientOf(vault: Vault, { body }: OutboxEntity): string | null {
  if (body === null) return null;
  try {
    return masked((JSON.parse(vault.open(body, ENVELOPE)) as Envelope).to);
  } catch {
    return '(unreadable: was APP_SECRET changed without APP_SECRET_PREVIOUS?)';
  }
}

export function describe(view: MessageView): string {
  const lines: [string, string][] = [
    ['id', view.id],
    ['project', view.project],
    ['message', `${view.name}${view.channel && ` (${view.channel}${view.urgent ? ', urgent' : ''})`}`],
    ['to', view.recipient ?? '– (erased once sent)'],
    ['user', view.userId],
    ['state', view.state],
    ['tries', view.forgiven ? `${view.attempts}, ${view.forgiven} of them before the last retry` : String(view.attempts)],
    ['promised', view.createdAt],
    ['next try', view.nextTryAt ?? '–'],
    ['sent', view.sentAt ? `${view.sentAt}, after ${view.took} s` : '–'],
    ['last error', view.lastError ?? '–'],
  ];
  return lines.map(([name, value]) => `${name.padEnd(10)} ${value}`).join('\n');
}
