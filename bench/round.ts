import { Child, typescript } from './child';
import type { Spell } from './ceiling';
import type { Job, Measured } from './load-process';
import { Loader } from './loader';
import { BOTH_CORES, SERVER_CORE } from './pin';
import { Side, Workload, workloads } from './workloads';

/** The servers that run, each absent when it is not wanted. */
export type Servers = Partial<Record<Side, { port: number; pid: number }>>;

/** One measurement of each, close together in time: only such figures are compared. */
export type Round = Partial<Record<Side | 'live' | 'peace' | 'watched', Figures>>;
export type Figures = Pick<Measured, 'requests' | 'perSecond'> & Partial<Measured>;

export interface Pace {
  people: number;
  warmUp: number;
  seconds: number;
  bcryptCost: number;
}

export const TRICKLE = { connections: 4, pause: 20 };

export class Rounds {
  private readonly hashers = new Map<number, Promise<Child>>();

  constructor(
    private readonly loader: Loader,
    private readonly servers: Servers,
    private readonly pace: Pace,
  ) {}

  /** Floor, product, peer, one after the other. */
  async run(name: string, isFirst: boolean): Promise<Round> {
    const workload = workloads[name];
    const round: Round = {};
    for (const side of ['floor', 'product', 'peer'] as const) {
      if (side === 'floor' && workload.floor === 'hashing') round.floor = await this.hashing(workload);
      else if (workload[side] && this.servers[side]) round[side] = await this.measure(name, side, isFirst);
    }
    return workload.watched && this.servers.product ? { ...round, ...(await this.watch(name)) } : round;
  }

  private measure(workload: string, side: Side, isFirst = false, shape: Partial<Job> = {}): Promise<Measured> {
    const { people } = this.pace;
    const { connections, longer = 1 } = workloads[workload];
    const { port, pid } = this.servers[side]!;
    const seconds = longer * this.pace.seconds;
    // A server's first requests are compiled while they run.
    const warmUp = longer * (isFirst ? 3 : 1) * this.pace.warmUp;
    return this.loader.measure({ workload, side, people, seconds, warmUp, connections, port, pid, ...shape });
  }

  /** How long `GET /v1/account` takes in peace, and while the workload runs. */
  private async watch(workload: string): Promise<Round> {
    const peace = await this.measure('W1', 'product', false, TRICKLE);
    const { seconds } = this.pace;
    const [watched] = await Promise.all([
      this.measure('W1', 'product', false, TRICKLE),
      this.measure(workload, 'product', false, { seconds }),
    ]);
    // The server's CPU time went to the workload.
    return { peace, watched: { ...watched, cpuPerRequest: undefined } };
  }

  private async hashing({ cores = 1, longer = 1 }: Workload): Promise<Figures> {
    const { bcryptCost: cost } = this.pace;
    const seconds = longer * this.pace.seconds;
    if (!this.hashers.has(cores)) {
      const child = new Child({ name: `hashing-${cores}`, cores: cores === 2 ? BOTH_CORES : SERVER_CORE, args: typescript('ceiling.ts') });
      this.hashers.set(cores, child.ready());
    }
    const hasher = await this.hashers.get(cores)!;
    const spell: Spell = { cost, atOnce: cores, seconds };
    hasher.send(spell);
    return hasher.hear<Figures>((message) => 'perSecond' in message, (seconds + 30) * 1000);
  }
}
