import { createHmac } from 'node:crypto';
import type { Shot } from './load';
import { PASSWORD, Person, sessionCookie, shuffled } from './people';

export interface Target {
  port: number;
  people: Person[];
}

/** Where a run's requests come from; `readBack` asks, once it is over, whether the last writes are there. */
export interface Source {
  next: () => Shot;
  readBack?: () => Ask[];
}

export interface Ask {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string;
  status: number;
  /** The answer's body must hold each of these. */
  holds: string[];
}

export const PEER_SECRET = 'a secret of the bench, known to no other program';
const AGENTS = [
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0',
];
const JWTS = 1_000;

/** What the product and the floor are asked: the very same bytes. */
export const account = {
  get: reading((person) => get('/v1/account', asUser(person), [`"$id":"${person.id}"`, `"email":"${person.email}"`])),

  sessions: reading((person) =>
    get('/v1/account/sessions', asUser(person), [`"total":`, ...person.sessions.map(({ id }) => `"$id":"${id}"`)]),
  ),

  jwt: reading((person) => createJwt(person)),

  getByJwt: async (target: Target): Promise<Source> => {
    const bearers = shuffled(target.people).slice(0, JWTS);
    const asks: Ask[] = [];
    for (const person of bearers) {
      const { jwt } = JSON.parse(await answer(target.port, createJwt(person))) as { jwt: string };
      const { Cookie: _, ...headers } = asUser(person);
      asks.push(get('/v1/account', { ...headers, 'X-Appwrite-JWT': jwt }, [`"$id":"${person.id}"`]));
    }
    return cycle(target.port, asks);
  },

  signIn: reading((person) => ({
    ...post('/v1/account/sessions/email', asGuest(), { email: person.email, password: PASSWORD }),
    holds: [`"userId":"${person.id}"`, '"current":true'],
  })),

  signUp: ({ port }: Target): Source => ({
    next: () => {
      const email = `new-${Math.random().toString(36).slice(2)}@bench.example`;
      const body = { userId: 'unique()', email, password: PASSWORD, name: 'New Person' };
      return shot(port, { ...post('/v1/account', asGuest(), body), holds: [`"email":"${email}"`] });
    },
  }),

  setPrefs: writing(
    (person, n) => ({
      ...post('/v1/account/prefs', asUser(person), { prefs: { theme: 'dark', language: 'en', n } }),
      method: 'PATCH',
      status: 200,
      holds: [`"$id":"${person.id}"`, `"n":${n}}`],
    }),
    (person, n) => get('/v1/account/prefs', asUser(person), [`"n":${n}}`]),
  ),
};

/** A code by mail for somebody who has an account. */
export const emailOtp = (port: number, { id, email }: Person) => {
  const { path, headers, body } = post('/v1/account/tokens/email', asGuest(), { userId: id, email });
  return { port, path, headers: addressed(port, headers), body: body! };
};

/** The nearest thing better-auth has. */
export const peer = {
  get: reading((person) => get('/api/auth/get-session', asPeer(person), [`"email":"${person.email}"`])),
  sessions: reading((person) =>
    get('/api/auth/list-sessions', asPeer(person), person.sessions.map(({ id }) => `"id":"${id}"`)),
  ),
  jwt: reading((person) => get('/api/auth/token', asPeer(person), ['"token":"ey'])),
  setName: writing(
    (person, n) => ({
      ...post('/api/auth/update-user', asPeer(person), { name: `Name ${n}` }),
      status: 200,
      holds: ['"status":true'],
    }),
    (person, n) => get('/api/auth/get-session', asPeer(person), [`"name":"Name ${n}"`]),
  ),
};

/** Asks one question aside from any measurement, and insists on the right answer. */
export async function answer(port: number, ask: Ask): Promise<string> {
  const { method, path, headers, body } = ask;
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, headers: addressed(port, headers), body });
  const text = await response.text();
  if (response.status !== ask.status || !ask.holds.every((part) => text.includes(part))) {
    throw new Error(`${method} ${path} answered ${response.status} ${text.slice(0, 300)}`);
  }
  return text;
}

/** Requests that never change: made once, before the clock starts. */
function reading(ask: (person: Person) => Ask) {
  return ({ port, people }: Target): Source => cycle(port, shuffled(people).map(ask));
}

function writing(write: (person: Person, n: number) => Ask, read: (person: Person, n: number) => Ask) {
  return ({ port, people }: Target): Source => {
    const order = shuffled(people);
    const last = new Map<Person, number>();
    let n = Date.now() % 1e9;
    return {
      next: () => {
        const person = order[++n % order.length];
        const ask = shot(port, write(person, n));
        const mine = n;
        return { ...ask, check: (status, body) => ask.check(status, body) && !!last.set(person, mine) };
      },
      readBack: () => [...last].slice(-200).map(([person, value]) => read(person, value)),
    };
  };
}

function cycle(port: number, asks: Ask[]): Source {
  const shots = asks.map((ask) => shot(port, ask));
  let n = 0;
  return { next: () => shots[n++ % shots.length] };
}

function shot(port: number, ask: Ask): Shot {
  const lines = Object.entries(addressed(port, ask.headers)).map(([name, value]) => `${name}: ${value}\r\n`);
  const length = ask.body === undefined ? '' : `Content-Length: ${Buffer.byteLength(ask.body)}\r\n`;
  return {
    bytes: Buffer.from(`${ask.method} ${ask.path} HTTP/1.1\r\n${lines.join('')}${length}\r\n${ask.body ?? ''}`),
    check: (status, body) => {
      if (status !== ask.status) return false;
      const text = body.toString('latin1');
      return ask.holds.every((part) => text.includes(part));
    },
  };
}

const get = (path: string, headers: Ask['headers'], holds: string[]): Ask => ({ method: 'GET', path, headers, status: 200, holds });

const post = (path: string, headers: Ask['headers'], body: object): Ask => ({
  method: 'POST',
  path,
  headers: { ...headers, 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
  status: 201,
  holds: [],
});

const createJwt = (person: Person): Ask => ({ ...post('/v1/account/jwts', asUser(person), {}), holds: ['"jwt":"ey'] });

const asUser = (person: Person) => ({ ...asGuest(), Cookie: sessionCookie(person) });

const asGuest = (): Record<string, string> => ({
  'User-Agent': AGENTS[Math.floor(Math.random() * AGENTS.length)],
  'X-Appwrite-Project': 'default',
  'X-Forwarded-For': someAddress(),
});

function asPeer({ sessions: [{ secret }] }: Person): Record<string, string> {
  const token = peerToken(secret);
  const signature = createHmac('sha256', PEER_SECRET).update(token).digest('base64');
  return {
    'User-Agent': AGENTS[0],
    'X-Forwarded-For': someAddress(),
    Cookie: `better-auth.session_token=${encodeURIComponent(`${token}.${signature}`)}`,
  };
}

export const peerToken = (secret: string): string => secret.slice(0, 32);

/** One of the 131,072 addresses set aside for benchmarks (RFC 2544), so that no limit by address bites. */
function someAddress(): string {
  const n = Math.floor(Math.random() * 131_072);
  return `198.${18 + (n >> 16)}.${(n >> 8) & 255}.${n & 255}`;
}

const addressed = (port: number, headers: Ask['headers']): Ask['headers'] => ({
  Host: `localhost:${port}`,
  Origin: `http://localhost:${port}`,
  ...headers,
});
