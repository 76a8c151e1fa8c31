import { AsyncLocalStorage } from 'node:async_hooks';
import type { DataSource, EntityManager } from 'typeorm';
import { isConflict } from './failures';

interface Scope {
  manager: EntityManager;
  committed: (() => void)[];
}

const TRIES = 4;

/**
 * Transactions that surround: the current one is kept for the asynchronous call, so repositories find it and nobody
 * can forget an argument. Nested calls join. Work holds database calls only; after a deadlock it runs again.
 */
export class Transactions {
  private readonly scopes = new AsyncLocalStorage<Scope>();
  /** SQLite has one connection, and two transactions on it corrupt each other: they take turns. */
  private turn: Promise<unknown> = Promise.resolve();

  private open = 0;

  constructor(
    private readonly source: DataSource,
    private readonly oneAtATime: boolean,
  ) {}

  get current(): EntityManager | undefined {
    return this.scopes.getStore()?.manager;
  }

  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.scopes.getStore()) return work();
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.inTurn(() => this.once(work));
      } catch (error) {
        if (!isConflict(error) || tries === TRIES) throw error;
      }
    }
  }

  /** Runs once what the current transaction did is durable; not at all when it is rolled back. */
  afterCommit(hook: () => void): void {
    const scope = this.scopes.getStore();
    if (!scope) throw new Error('afterCommit stands outside a transaction');
    scope.committed.push(hook);
  }

  private async once<Result>(work: () => Promise<Result>): Promise<Result> {
    const committed: (() => void)[] = [];
    // READ COMMITTED: gap locks of the default level make parallel sign-ups deadlock.
    const level = this.oneAtATime ? 'SERIALIZABLE' : 'READ COMMITTED';
    this.open += 1;
    try {
      const result = await this.source.transaction(level, (manager) => this.scopes.run({ manager, committed }, work));
      for (const hook of committed) hook();
      return result;
    } finally {
      this.open -= 1;
      // While a store is in use Node 20 hooks into every promise of the process, reads too: off when nobody needs it.
      if (this.open === 0) this.scopes.disable();
    }
  }

  private inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    if (!this.oneAtATime) return work();
    const mine = this.turn.then(work);
    this.turn = mine.catch(() => undefined);
    return mine;
  }
}
