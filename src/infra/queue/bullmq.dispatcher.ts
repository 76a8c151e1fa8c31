import { Queue, Worker } from 'bullmq';
import Redis from 'ioredis';
import type { Log } from '../log';
import { Dispatcher, type Handler, type Job } from './dispatcher';

export const QUEUE = 'latchkey-messages';

const CONCURRENCY = 10;
/** Milliseconds after which the job of a worker that died is another's. */
const LOCK = 10_000;

/** The queue in production: BullMQ on Redis, any number of workers. */
export class BullmqDispatcher extends Dispatcher {
  private readonly connection: Redis;
  private readonly queue: Queue<Job>;
  private worker?: Worker<Job>;

  constructor(
    private readonly url: string,
    private readonly log: Log,
  ) {
    super();
    // A command fails at once while Redis is away: no request waits for the queue.
    this.connection = new Redis(url, { maxRetriesPerRequest: null, enableOfflineQueue: false, lazyConnect: true });
    this.connection.on('error', (error) => this.log.warn('queue.redis', { reason: error.message }));
    void this.connection.connect().catch(() => undefined);
    this.queue = new Queue<Job>(QUEUE, { connection: this.connection, skipWaitingForReady: true });
    this.queue.on('error', () => undefined);
  }

  dispatch(jobs: Job[]): void {
    const added = jobs.map((job) => ({
      name: 'message',
      data: job,
      opts: {
        // BullMQ keeps a job id once: the same try is never queued twice.
        jobId: `${job.projectId}-${job.id}-${job.attempt}`,
        priority: job.urgent ? 1 : 2,
        delay: job.delay,
        removeOnComplete: true,
        removeOnFail: true,
      },
    }));
    this.queue.addBulk(added).catch((error: Error) => this.log.warn('queue.add.failed', { jobs: jobs.length, reason: error.message }));
  }

  consume(handler: Handler): void {
    const connection = new Redis(this.url, { maxRetriesPerRequest: null });
    connection.on('error', (error) => this.log.warn('queue.redis', { reason: error.message }));
    this.worker = new Worker<Job>(QUEUE, ({ data }) => handler(data), {
      connection,
      concurrency: CONCURRENCY,
      lockDuration: LOCK,
      stalledInterval: LOCK / 2,
      // The outbox row counts tries; BullMQ only has to bring the job back.
      maxStalledCount: 100,
    });
    this.worker.on('error', (error) => this.log.warn('queue.worker', { reason: error.message }));
    this.worker.on('closed', () => connection.disconnect());
  }

  async ping(): Promise<void> {
    await this.connection.ping();
  }

  async close(): Promise<void> {
    await this.worker?.close();
    await this.queue.close().catch(() => undefined);
    this.connection.disconnect();
  }
}
