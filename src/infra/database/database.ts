import type { DataSource, EntityManager } from 'typeorm';
import { Transactions } from './transaction';

type Row = Record<string, unknown>;
type Parameter = string | number | boolean | Date | null;

/** What of libsql's synchronous interface hot reads use. */
interface SqliteHandle {
  prepare(sql: string): { all(...parameters: unknown[]): Row[] };
}
interface MysqlPool {
  execute(sql: string, parameters: unknown[], done: (error: Error | null, rows: Row[]) => void): void;
}

/** The door to the database: who reads where, and that nobody writes outside a transaction. */
export class Database {
  private readonly transactions: Transactions;
  private readonly prepared = new Map<string, { all(...parameters: unknown[]): Row[] }>();

  constructor(
    private readonly source: DataSource,
    /** The read-only connection on SQLite; on MySQL the same as `source`. */
    private readonly readSource: DataSource,
  ) {
    this.transactions = new Transactions(source, source !== readSource);
  }

  transaction<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.transactions.run(work);
  }

  afterCommit(hook: () => void): void {
    this.transactions.afterCommit(hook);
  }

  /** For reads: sees the current transaction's own writes, and outside one only what is committed. */
  get reader(): EntityManager {
    return this.transactions.current ?? this.readSource.manager;
  }

  /** For writes. @throws Error outside a transaction, where an effect and its record could part */
  get writer(): EntityManager {
    const manager = this.transactions.current;
    if (!manager) throw new Error('a write stands outside a transaction');
    return manager;
  }

  /**
   * Hot reads: a statement prepared once a connection, plain rows back, no entities made (those cost three times as much).
   * Times come back as {@link instantOf} reads them. Outside transactions only.
   */
  rows<Result = Row>(sql: string, parameters: Parameter[]): Promise<Result[]> {
    return this.isMysql ? this.executed<Result>(sql, parameters) : Promise.resolve(this.selected<Result>(sql, parameters));
  }

  /**
   * Removes at most `most` rows of any project. Table and condition are the code's own, never a caller's. Inside a transaction.
   *
   * @returns how many went
   */
  async removeSome(table: string, condition: string, before: Date, most: number): Promise<number> {
    if (this.isMysql) {
      const { affectedRows } = await this.writer.query<{ affectedRows: number }>(`DELETE FROM ${table} WHERE ${condition} LIMIT ${most}`, [before]);
      return affectedRows;
    }
    const doomed = await this.writer.query<unknown[]>(`DELETE FROM ${table} WHERE rowid IN (SELECT rowid FROM ${table} WHERE ${condition} LIMIT ${most}) RETURNING rowid`, [sqliteParameter(before)]);
    return doomed.length;
  }

  /** Answers when the database does. @throws the driver's error when it does not */
  async ping(): Promise<void> {
    await this.readSource.query('SELECT 1');
  }

  /** True when every migration this build knows has run. */
  async migrated(): Promise<boolean> {
    return !(await this.source.showMigrations());
  }

  get isMysql(): boolean {
    return this.source.options.type === 'mysql';
  }

  async close(): Promise<void> {
    if (this.readSource !== this.source) await this.readSource.destroy();
    await this.source.destroy();
  }

  private executed<Result>(sql: string, parameters: Parameter[]): Promise<Result[]> {
    const { pool } = this.source.driver as unknown as { pool: MysqlPool };
    return new Promise((resolve, reject) => {
      pool.execute(sql, parameters, (error, rows) => (error ? reject(error) : resolve(rows as Result[])));
    });
  }

  private selected<Result>(sql: string, parameters: Parameter[]): Result[] {
    let statement = this.prepared.get(sql);
    if (!statement) {
      const { databaseConnection } = this.readSource.driver as unknown as { databaseConnection: SqliteHandle };
      statement = databaseConnection.prepare(sql);
      this.prepared.set(sql, statement);
    }
    return statement.all(...parameters.map(sqliteParameter)) as Result[];
  }
}

function sqliteParameter(value: Parameter): string | number | null {
  if (value instanceof Date) return value.toISOString().replace('T', ' ').slice(0, -1);
  return typeof value === 'boolean' ? Number(value) : value;
}

/** A time of a plain row: mysql2 gives a Date, SQLite the text that TypeORM wrote. */
export function instantOf(value: Date | string): Date {
  return value instanceof Date ? value : new Date(`${value.replace(' ', 'T')}Z`);
}
