import { setTimeout as pause } from 'node:timers/promises';
import { Queue, Worker } from 'bullmq';
import Redis from 'ioredis';
import type { Log } from '../log';
import { Dispatcher, type Handler, type Job } from './dispatcher';

export const QUEUE = 'latchkey-messages';

/** Messages a process has in the air. Enough to share commits, few enough for a code not to wait behind alerts already taken. */
const CONCURRENCY = 64;
/** Milliseconds after which the job of a worker that died is another's. */
const LOCK = 10_000;
/** Milliseconds without an answer after which a Redis that hangs counts as away, before what it is told piles up here. */
const SILENCE = 10_000;
/** Milliseconds that Redis gets at the end to hear what was done. What it does not hear is found as a row already sent. */
const FAREWELL = 1_000;

/** The queue in production: BullMQ on Redis, any number of workers. */
export class BullmqDispatcher extends Dispatcher {
  private readonly connection: Redis;
  readonly queue: Queue<Job>;
  private worker?: Worker<Job>;
  private closed = false;
  private readonly running = new Set<Promise<void>>();

  constructor(
    private readonly url: string,
    private readonly log: Log,
  ) {
    super();
    // A command fails at once while Redis is away: no request waits for the queue.
    this.connection = new Redis(url, { maxRetriesPerRequest: null, enableOfflineQueue: false, lazyConnect: true, socketTimeout: SILENCE });
    this.connection.on('error', (error) => this.log.warn('queue.redis', { reason: error.message }));
    void this.connection.connect().catch(() => undefined);
    // BullMQ remembers for ever how its first command ended: with its version check, a Redis not there yet would never be used.
    this.queue = new Queue<Job>(QUEUE, { connection: this.connection, skipWaitingForReady: true, skipVersionCheck: true });
    this.queue.on('error', () => undefined);
  }

  dispatch(jobs: Job[]): void {
    const added = jobs.map((job) => ({
      name: 'message',
      data: job,
      opts: {
        // BullMQ keeps a job id once: the same try is never queued twice.
        jobId: `${job.projectId}-${job.id}-${job.attempt}-${job.forgiven}`,
        priority: job.urgent ? 1 : 2,
        delay: job.delay,
        removeOnComplete: true,
        removeOnFail: true,
      },
    }));
    this.queue.addBulk(added).catch((error: Error) => this.log.warn('queue.add.failed', { jobs: jobs.length, reason: error.message }));
  }

  consume(handler: Handler): void {
    // BullMQ makes a second one like it; both must stop trying when we close.
    const retryStrategy = (tries: number) => (this.closed ? null : Math.min(tries * 50, 2_000));
    const connection = new Redis(this.url, { maxRetriesPerRequest: null, retryStrategy });
    connection.on('error', (error) => this.log.warn('queue.redis', { reason: error.message }));
    const handle = ({ data }: { data: Job }): Promise<void> => {
      const run = handler(data).finally(() => this.running.delete(run));
      this.running.add(run);
      return run;
    };
    this.worker = new Worker<Job>(QUEUE, handle, {
      connection,
      concurrency: CONCURRENCY,
      lockDuration: LOCK,
      stalledInterval: LOCK / 2,
      // The outbox row counts tries and is taken by one worker; BullMQ only has to bring the job back.
      maxStalledCount: 100,
      // After a Redis that was away; the default makes codes wait for 15 seconds more.
      runRetryDelay: 1_000,
    });
    this.worker.on('error', (error) => this.log.warn('queue.worker', { reason: error.message }));
    // A database that is away: the row stays pending, or the lease of its try runs out.
    this.worker.on('failed', (job, error) => this.log.error('queue.job.failed', error, { outboxId: job?.data.id }));
    this.worker.on('closed', () => connection.disconnect());
  }

  async ping(): Promise<void> {
    await this.connection.ping();
  }

  async close(): Promise<void> {
    this.closed = true;
    const closed = this.worker?.close();
    await Promise.allSettled(this.running);
    // BullMQ itself would wait for as long as Redis is away.
    await Promise.race([closed, pause(FAREWELL, undefined, { ref: false })]);
    await this.queue.close().catch(() => undefined);
    this.connection.disconnect();
  }
}
