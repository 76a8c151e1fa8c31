import type { ServerResponse } from 'node:http';
import { FORGERIES, type Forgery } from './id-token';

/** What a provider may do instead of its duty. */
export type Outage = 'http400' | 'http401' | 'http500' | 'garbage' | 'empty' | 'huge' | 'hang' | 'slow-drip' | 'redirect';
/** The answer comes, but not as documented. */
export type Distortion = 'wrong-type' | 'no-id' | 'no-email';
export type Misbehaviour = Outage | Distortion | Forgery;

export const OUTAGES: readonly Outage[] = ['http400', 'http401', 'http500', 'garbage', 'empty', 'huge', 'hang', 'slow-drip', 'redirect'];

export const isOutage = (kind?: Misbehaviour): kind is Outage => OUTAGES.includes(kind as Outage);
export const isForgery = (kind?: Misbehaviour): kind is Forgery => FORGERIES.includes(kind as Forgery);

/** Fails in the way asked for. `hang` and `slow-drip` end with the connection. */
export function fail(kind: Outage, response: ServerResponse, trap: string): void {
  const json = { 'content-type': 'application/json' };
  switch (kind) {
    case 'http400':
    case 'http401':
    case 'http500':
      response.writeHead(Number(kind.slice(4)), json).end('{"error":"server_error","error_description":"told to fail"}');
      break;
    case 'garbage':
      response.writeHead(200, json).end('<html>{{"access_token":');
      break;
    case 'empty':
      response.writeHead(200, json).end();
      break;
    case 'huge':
      response.writeHead(200, json).end(`{"id":1,"pad":"${'a'.repeat(10 * 1024 * 1024)}"}`);
      break;
    case 'hang':
      break;
    case 'slow-drip': {
      response.writeHead(200, json).write('{"pad":"');
      const drip = setInterval(() => response.write('a'), 100);
      response.on('close', () => clearInterval(drip));
      break;
    }
    case 'redirect':
      response.writeHead(302, { location: trap }).end();
  }
}

type Json = string | number | boolean | null | undefined | Json[] | { [name: string]: Json };

/** An answer with its fields of the wrong types, without its ids, or without its addresses. */
export function distort(kind: Distortion, answer: object, id: string): object {
  const keep = (leaf: Json): boolean => {
    if (kind === 'no-id') return !String(leaf).includes(id);
    return kind !== 'no-email' || typeof leaf !== 'string' || !leaf.includes('@');
  };
  const walk = (value: Json): Json => {
    if (Array.isArray(value)) return value.filter((entry) => typeof entry === 'object' || keep(entry)).map(walk);
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).filter(([, entry]) => typeof entry === 'object' || keep(entry)).map(([name, entry]) => [name, walk(entry)]));
    }
    if (kind !== 'wrong-type') return value;
    return typeof value === 'string' ? { unexpected: value } : [value];
  };
  return walk(answer as Json) as object;
}
