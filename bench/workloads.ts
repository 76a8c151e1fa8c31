import { account, peer, Source, Target } from './requests';

export type Side = 'floor' | 'product' | 'peer';
type Requests = (target: Target) => Source | Promise<Source>;
/** Not requests in a loop: {@link Mails}. */
type Mails = 'mails';

export interface Workload {
  title: string;
  connections: number;
  /** What the floor does instead of serving: hash in a loop. */
  floor: Requests | 'hashing' | Mails;
  product: Requests | Mails;
  peer?: Requests;
  /** So many times the usual seconds: slow answers come a few at a time, and a short window would count one batch more or less. */
  longer?: number;
  /** Cores the server may use: 1 unless said. */
  cores?: 1 | 2;
  /** Also watch how long `GET /v1/account` takes, first in peace and then during this. */
  watched?: true;
  goals: Goals;
}

/** Every figure is a ratio between two measurements of one round. */
export interface Goals {
  /** Requests a second, at least so many times the floor's or the peer's. */
  floor?: number;
  peer?: number;
  /** 99th percentile, at most so many times the floor's. */
  p99?: number;
  /** The watched `GET /v1/account`: its 99th percentile, at most so many times that in peace. */
  watched?: number;
}

export const workloads: Record<string, Workload> = {
  W1: {
    title: 'GET /v1/account by session cookie',
    connections: 50,
    floor: account.get, product: account.get, peer: peer.get,
    goals: { floor: 0.7, peer: 14, p99: 1.5 },
  },
  W2: {
    title: 'POST /v1/account/sessions/email',
    connections: 8, longer: 3,
    floor: 'hashing', product: account.signIn, watched: true,
    goals: { floor: 0.97, watched: 3 },
  },
  'W2.2': {
    title: 'POST /v1/account/sessions/email, two cores',
    connections: 8, longer: 3, cores: 2,
    floor: 'hashing', product: account.signIn,
    goals: { floor: 0.97 },
  },
  W3: {
    title: 'POST /v1/account',
    connections: 8, longer: 3,
    floor: 'hashing', product: account.signUp,
    goals: { floor: 0.97 },
  },
  W4: {
    title: 'POST /v1/account/jwts',
    connections: 50,
    floor: account.jwt, product: account.jwt, peer: peer.jwt,
    goals: { floor: 0.6, peer: 25 },
  },
  W4b: {
    title: 'GET /v1/account by JWT',
    connections: 50,
    floor: account.getByJwt, product: account.getByJwt,
    goals: { floor: 0.7 },
  },
  W5: {
    title: 'GET /v1/account/sessions',
    connections: 50,
    floor: account.sessions, product: account.sessions, peer: peer.sessions,
    goals: { floor: 0.55, peer: 12 },
  },
  W6: {
    title: 'PATCH /v1/account/prefs, read back',
    connections: 50,
    floor: account.setPrefs, product: account.setPrefs, peer: peer.setName,
    goals: { floor: 0.6, peer: 8 },
  },
  W9: {
    title: 'e-mail OTPs asked over HTTP, sent by one worker to an SMTP server',
    connections: 16,
    floor: 'mails', product: 'mails',
    goals: { floor: 0.5, watched: 3 },
  },
};
