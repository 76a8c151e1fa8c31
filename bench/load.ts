import { createConnection, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Answer, readAnswer } from './answer';
import { Histogram } from './histogram';

/** One request, ready to be written, and what its answer must look like. */
export interface Shot {
  bytes: Buffer;
  check: (status: number, body: Buffer) => boolean;
}

export interface Load {
  port: number;
  connections: number;
  /** Seconds that count for nothing, so that compilers and caches settle. */
  warmUp: number;
  seconds: number;
  next: () => Shot;
  /** Rest between two requests of a connection, in ms: a steady trickle instead of all that fits. */
  pause?: number;
  /** Told when counting begins and when it ends. */
  onCounting?: (counting: boolean) => void;
}

export interface LoadResult {
  requests: number;
  failures: number;
  firstFailure?: string;
  perSecond: number;
  /** Latencies in microseconds. */
  p50: number;
  p99: number;
  max: number;
}

const DRAIN = 5_000;

class Tally {
  histogram = new Histogram();
  failures = 0;
  firstFailure?: string;
  counting = false;
  over = false;

  fail(reason: string): void {
    this.failures++;
    this.firstFailure ??= reason;
  }
}

/** Keeps `connections` keep-alive connections busy, one request at a time each, and checks every answer. */
export async function load(job: Load): Promise<LoadResult> {
  const tally = new Tally();
  const lines = Array.from({ length: job.connections }, () => new Line(job, tally));
  await sleep(job.warmUp * 1000);

  tally.counting = true;
  job.onCounting?.(true);
  const began = performance.now();
  await sleep(job.seconds * 1000);
  const lasted = (performance.now() - began) / 1000;
  job.onCounting?.(false);
  tally.counting = false;
  tally.over = true;

  const patience = performance.now() + DRAIN;
  while (lines.some((line) => line.busy) && performance.now() < patience) await sleep(10);
  for (const line of lines) {
    if (line.busy) tally.fail('no answer within 5 s of the end');
    line.close();
  }

  const { histogram, failures, firstFailure } = tally;
  return {
    requests: histogram.count,
    failures,
    firstFailure,
    perSecond: histogram.count / lasted,
    p50: histogram.percentile(0.5),
    p99: histogram.percentile(0.99),
    max: histogram.max,
  };
}

/** One keep-alive connection. */
class Line {
  busy = false;
  private socket!: Socket;
  private shot!: Shot;
  private sentAt = 0;
  private half?: Buffer;

  constructor(
    private readonly job: Load,
    private readonly tally: Tally,
  ) {
    this.connect();
  }

  close(): void {
    this.socket.destroy();
  }

  private connect(): void {
    const socket = createConnection({
      host: '127.0.0.1',
      port: this.job.port,
      noDelay: true,
      // One buffer a connection, reused: sparing an allocation a packet is most of the speed.
      onread: {
        buffer: Buffer.allocUnsafe(65_536),
        callback: (size, buffer) => {
          this.receive((buffer as Buffer).subarray(0, size));
          return true;
        },
      },
    });
    let reason = 'connection closed';
    socket.on('connect', () => this.fire());
    socket.on('error', (error) => (reason = error.message));
    socket.on('close', () => this.lost(reason));
    this.socket = socket;
  }

  private fire(): void {
    if (this.tally.over) return;
    this.shot = this.job.next();
    this.busy = true;
    this.sentAt = performance.now();
    this.socket.write(this.shot.bytes);
  }

  private receive(packet: Buffer): void {
    const bytes = this.half ? Buffer.concat([this.half, packet]) : packet;
    let answer: Answer | undefined;
    try {
      answer = readAnswer(bytes);
    } catch (error) {
      this.socket.destroy(error as Error);
      return;
    }
    if (!answer) {
      this.half = this.half ? bytes : Buffer.from(bytes); // the packet's buffer is about to be reused
      return;
    }
    this.half = undefined;
    this.settle(answer, bytes);
  }

  private settle(answer: Answer, bytes: Buffer): void {
    const { tally, job } = this;
    this.busy = false;
    if (tally.counting) tally.histogram.record((performance.now() - this.sentAt) * 1000);
    if (bytes.length !== answer.length || !this.shot.check(answer.status, answer.body)) {
      tally.fail(`${answer.status} ${answer.body.toString('utf8', 0, 300)}`);
    }
    if (answer.closes) this.socket.destroy();
    else if (job.pause) setTimeout(() => this.fire(), job.pause);
    else this.fire();
  }

  /** The server hung up: a failure if it owed an answer. Keeps trying, slowly, while the run lasts. */
  private lost(reason: string): void {
    if (this.busy) this.tally.fail(reason);
    this.busy = false;
    this.half = undefined;
    if (!this.tally.over) setTimeout(() => !this.tally.over && this.connect(), 20);
  }
}
