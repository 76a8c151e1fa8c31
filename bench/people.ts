import { createHash } from 'node:crypto';

export const SESSIONS_EACH = 3;
export const PASSWORD = 'correct horse battery staple';

export interface Person {
  id: string;
  email: string;
  name: string;
  sessions: { id: string; secret: string }[];
}

/**
 * The n-th person of the bench: derived, not stored, so that the seeds of three databases and the load
 * process agree on ids and secrets without handing a file around.
 */
export function person(n: number): Person {
  return {
    id: hex(`user ${n}`, 10),
    email: `person${n}@bench.example`,
    name: `Person ${n}`,
    sessions: Array.from({ length: SESSIONS_EACH }, (_, k) => ({
      id: hex(`session ${n} ${k}`, 10),
      secret: hex(`secret ${n} ${k}`, 128),
    })),
  };
}

export const people = (count: number): Person[] => Array.from({ length: count }, (_, n) => person(n));

export const secretHash = (secret: string): string => createHash('sha256').update(secret).digest('hex');

export const sessionCookie = ({ id, sessions }: Person): string => {
  const carrier = Buffer.from(JSON.stringify({ id, secret: sessions[0].secret })).toString('base64');
  return `a_session_default=${encodeURIComponent(carrier)}`;
};

/** The same people in a random order: each is drawn once before anyone is drawn twice. */
export function shuffled<T>(list: readonly T[]): T[] {
  const order = [...list];
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

const hex = (text: string, bytes: number): string =>
  createHash('shake256', { outputLength: bytes }).update(`latchkey bench ${text}`).digest('hex');
