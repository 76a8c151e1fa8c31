import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Child, typescript } from './child';
import type { Loader } from './loader';
import type { Person } from './people';
import { cpuMicros, OTHER_CORE, SERVER_CORE } from './pin';
import { type Product, startWorker } from './product';
import { emailOtp } from './requests';
import { TRICKLE, type Figures, type Pace, type Round } from './round';
import type { Arrival } from './sink';

/** How many ask at once. */
const ASKERS = 16;
/** Milliseconds without a mail after which those that have not come are lost. */
const LOST = 30_000;

export type Sink = Awaited<ReturnType<typeof startSink>>;

export async function startSink() {
  const child = await new Child({ name: 'sink', cores: OTHER_CORE, args: typescript('sink.ts') }).ready();
  const count = async () => {
    const heard = child.hear<{ count: number }>((message) => 'count' in message, 10_000);
    child.send({ count: true });
    return (await heard).count;
  };
  return {
    port: child.port,
    /** Everything since the last time, once so many have come or no more do. */
    async arrivals(expected: number): Promise<Arrival[]> {
      for (let [seen, since] = [0, Date.now()]; seen < expected && Date.now() - since < LOST; await sleep(100)) {
        const now = await count();
        if (now > seen) [seen, since] = [now, Date.now()];
      }
      await sleep(300); // one that came twice
      const heard = child.hear<{ arrivals: Arrival[] }>((message) => 'arrivals' in message, 30_000);
      child.send({ take: true });
      return (await heard).arrivals;
    },
  };
}

/**
 * The floor's rate; then 10,000 mails asked of the API while no worker runs, and what one makes of them; then as many with
 * the worker running.
 */
export class Mails {
  constructor(
    private readonly loader: Loader,
    private readonly sink: Sink,
    private readonly product: Product | undefined,
    private readonly everyone: Person[],
    private readonly pace: Pace,
  ) {}

  async round(): Promise<Round> {
    const floor = await this.floor();
    const { product } = this;
    if (!product) return { floor };
    const watch = () => this.loader.measure({ workload: 'W1', side: 'product', people: this.pace.people, seconds: this.pace.seconds, warmUp: 1, port: product.port, pid: product.pid, ...TRICKLE });
    const peace = await watch();

    await this.ask(product);
    const worker = await startWorker(product);
    const cpu = cpuMicros(worker.pid);
    const [watched, arrivals] = await Promise.all([watch(), this.sink.arrivals(this.everyone.length)]);
    const cpuPerRequest = (cpuMicros(worker.pid) - cpu) / arrivals.length;
    const drained = { ...this.arrived(arrivals), cpuPerRequest };

    const asked = await this.ask(product);
    const live = this.arrived(await this.sink.arrivals(this.everyone.length), asked);
    await worker.stop();
    return { floor, product: drained, live, peace, watched: { ...watched, cpuPerRequest: undefined } };
  }

  private async floor(): Promise<Figures> {
    const child = await new Child({ name: 'mail-floor', cores: SERVER_CORE, args: typescript('mail-floor.ts') }).ready();
    const heard = child.hear<Figures>((message) => 'perSecond' in message, 120_000);
    child.send({ port: this.sink.port, mails: this.everyone.length });
    const figures = await heard;
    await child.stop();
    await this.sink.arrivals(0);
    return figures;
  }

  /** Everybody asks for a code, once. @returns when each was promised it */
  private async ask({ port }: Product): Promise<Map<string, number>> {
    const agent = new Agent({ keepAlive: true, maxSockets: ASKERS });
    const promised = new Map<string, number>();
    const waiting = [...this.everyone];
    const asker = async () => {
      for (let person = waiting.pop(); person; person = waiting.pop()) {
        await post(agent, emailOtp(port, person));
        promised.set(person.email, performance.timeOrigin + performance.now());
      }
    };
    await Promise.all(Array.from({ length: ASKERS }, asker));
    agent.destroy();
    return promised;
  }

  private arrived(arrivals: Arrival[], promised?: Map<string, number>): Figures {
    const times = new Map(arrivals.map(({ to, at }) => [to, at]));
    const lost = this.everyone.filter(({ email }) => !times.has(email)).length;
    const twice = arrivals.length - times.size;
    const all = [...times.values()].sort((a, b) => a - b);
    const began = promised ? Math.min(...promised.values()) : all[0];
    const took = promised ? [...promised].map(([email, at]) => Math.max(0, (times.get(email) ?? Infinity) - at) * 1_000).sort((a, b) => a - b) : undefined;
    return {
      requests: times.size,
      perSecond: all.length / ((all[all.length - 1] - began) / 1_000),
      failures: lost + twice,
      firstFailure: lost + twice ? `${lost} mails lost, ${twice} brought twice` : undefined,
      ...(took && { p50: took[took.length >> 1], p99: took[Math.floor(took.length * 0.99)], max: took[took.length - 1] }),
    };
  }
}

function post(agent: Agent, { port, path, headers, body }: ReturnType<typeof emailOtp>): Promise<void> {
  return new Promise((resolve, reject) => {
    const asking = request({ agent, host: '127.0.0.1', port, path, method: 'POST', headers: { ...headers, 'Content-Length': Buffer.byteLength(body) } }, (answer) => {
      answer.resume().on('end', () => (answer.statusCode === 201 ? resolve() : reject(new Error(`${path} answered ${answer.statusCode}`))));
    });
    asking.on('error', reject).end(body);
  });
}
