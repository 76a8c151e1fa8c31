import type { Log } from '../log';
import { Dispatcher, type Handler, type Job } from './dispatcher';

const CONCURRENCY = 10;

/** The queue of the embedded default: memory only, since the outbox keeps what matters. */
export class InProcessDispatcher extends Dispatcher {
  private handler?: Handler;
  private urgent: Job[] = [];
  private calm: Job[] = [];
  private readonly known = new Set<string>();
  private readonly running = new Set<Promise<void>>();
  private readonly timers = new Set<NodeJS.Timeout>();
  private closed = false;

  constructor(private readonly log: Log) {
    super();
  }

  dispatch(jobs: Job[]): void {
    for (const job of jobs) {
      const key = keyOf(job);
      if (this.closed || this.known.has(key)) continue;
      this.known.add(key);
      if (job.delay > 0) this.later(job);
      else this.enqueue(job);
    }
    this.work();
  }

  consume(handler: Handler): void {
    this.handler = handler;
    this.work();
  }

  async ping(): Promise<void> {}

  async close(): Promise<void> {
    this.closed = true;
    this.urgent = [];
    this.calm = [];
    for (const timer of this.timers) clearTimeout(timer);
    await Promise.all(this.running);
  }

  private later(job: Job): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      this.enqueue(job);
      this.work();
    }, job.delay);
    timer.unref();
    this.timers.add(timer);
  }

  private enqueue(job: Job): void {
    (job.urgent ? this.urgent : this.calm).push(job);
  }

  private work(): void {
    const { handler } = this;
    while (handler && !this.closed && this.running.size < CONCURRENCY) {
      const job = this.urgent.shift() ?? this.calm.shift();
      if (!job) return;
      const run: Promise<void> = handler(job)
        .catch((error: unknown) => this.log.error('queue.job.failed', error, { outboxId: job.id }))
        .finally(() => {
          this.known.delete(keyOf(job));
          this.running.delete(run);
          this.work();
        });
      this.running.add(run);
    }
  }
}

function keyOf({ id, attempt, forgiven }: Job): string {
  return `${id}:${attempt}:${forgiven}`;
}
