import { randomBytes } from 'node:crypto';

/**
 * A new id: 20 lower-case hex characters, 13 of the microsecond clock and 7 random, as Appwrite's are.
 * New rows land at the end of their index; ids are names, never secrets.
 */
export function uniqueId(): string {
  const micros = Math.floor((performance.timeOrigin + performance.now()) * 1_000);
  return micros.toString(16).padStart(13, '0').slice(-13) + randomBytes(4).toString('hex').slice(0, 7);
}

const PROCESS = randomBytes(4).toString('hex');
let requests = 0;

/** A request's name in logs and answers: unique, cheap, and no more than a name. */
export function requestId(): string {
  requests += 1;
  return `${PROCESS}-${requests.toString(36)}`;
}
