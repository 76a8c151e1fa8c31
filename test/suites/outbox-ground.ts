import type { Message } from '../../src/contract/messages';
import { Clock } from '../../src/infra/clock';
import { Keys } from '../../src/infra/crypto/keys';
import { Vault } from '../../src/infra/crypto/vault';
import { Outbox } from '../../src/infra/outbox/outbox';
import { OutboxRepository } from '../../src/infra/outbox/outbox.repository';
import { Dispatcher, type Job } from '../../src/infra/queue/dispatcher';
import type { Engine } from '../support/app';
import { openDatabase, settings } from './ground';

/** A queue that only remembers. */
class Recorded extends Dispatcher {
  readonly jobs: Job[] = [];
  dispatch(jobs: Job[]): void {
    this.jobs.push(...jobs);
  }
  consume(): void {}
  async ping(): Promise<void> {}
  async close(): Promise<void> {}
}

export const SECRET = 'c0ffee'.repeat(10);
export const message: Message<'verification'> = {
  name: 'verification',
  projectId: 'default',
  to: 'ada@example.com',
  locale: 'en',
  data: { user: 'Ada', project: 'Test', redirect: `https://example.com/?secret=${SECRET}`, expire: '2026-01-01T00:00:00.000+00:00' },
};

/** An outbox in a database of its own. */
export async function openOutbox(engine: Engine) {
  const { database, close } = await openDatabase(engine);
  const vault = new Vault(new Keys(settings()));
  const clock = new Clock();
  const rows = new OutboxRepository(database);
  const dispatcher = new Recorded();
  const outbox = new Outbox(rows, vault, database, dispatcher, clock);
  return {
    database, vault, clock, rows, dispatcher, outbox, close,
    publish: () => database.transaction(() => outbox.publish('ada', message)),
    take: (job: Job, until = clock.in(60)) => database.transaction(() => rows.claim([job], until)),
    row: async ({ projectId, id }: Job) => (await rows.find(projectId, id))!,
    async empty() {
      await database.transaction(() => database.writer.query('DELETE FROM outbox'));
      dispatcher.jobs.length = 0;
    },
  };
}

export type OpenOutbox = Awaited<ReturnType<typeof openOutbox>>;
export const LATER = { state: 'pending', lastError: 'away' } as const;
