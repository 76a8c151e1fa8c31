import { Failure } from '../../contract/errors';
import type { Project } from '../../contract/project';
import { Clock } from '../../infra/clock';
import { Passwords } from '../../infra/crypto/passwords';
import { Database } from '../../infra/database/database';
import { Credentials, type NewUser, Users } from '../../modules/users';
import type { Get } from '../in-project';
import { rowsOf } from './import-file';
import { type Candidate, type RowFault, RowReader } from './import-row';

/** A row whose user is there already, and by what he was known. */
export interface Skip {
  line: number;
  userId: string;
  because: 'userId' | 'email' | 'phone';
}

export interface Report {
  rows: number;
  imported: number;
  skipped: Skip[];
  faulty: RowFault[];
}

/** Rows a transaction: while one is open, the sign-ins of an installation on SQLite wait. */
const BATCH = 50;

/** Brings accounts in from a file that is read twice: first all of it is checked, then the rows in order are imported. */
export class UserImport {
  private readonly users: Users;
  private readonly credentials: Credentials;
  private readonly database: Database;

  constructor(
    private readonly get: Get,
    private readonly project: Project,
    private readonly file: string,
  ) {
    [this.users, this.credentials, this.database] = [get(Users), get(Credentials), get(Database)];
  }

  /** Writes nothing. */
  async check(): Promise<Report> {
    const report: Report = { rows: 0, imported: 0, skipped: [], faulty: [] };
    const reader = this.reader();
    for await (const raw of rowsOf(this.file)) {
      report.rows += 1;
      const row = reader.read(raw);
      if ('what' in row) report.faulty.push(row);
    }
    return report;
  }

  /** Imports the rows in order and leaves the others. With `dry` it only finds out which would be. @throws Failure `user_count_exceeded` */
  async run(report: Report, { dry, progress }: { dry: boolean; progress: (rows: number) => void }): Promise<void> {
    const reader = this.reader();
    let batch: Candidate[] = [];
    let rows = 0;
    const flush = async () => {
      await this.take(batch, report, dry);
      batch = [];
      progress(rows);
    };
    for await (const raw of rowsOf(this.file)) {
      rows += 1;
      const row = reader.read(raw);
      if ('user' in row) batch.push(row);
      if (batch.length === BATCH) await flush();
    }
    await flush();
  }

  private async take(batch: Candidate[], report: Report, dry: boolean): Promise<void> {
    const fresh = await this.fresh(batch, report);
    if (dry) {
      report.imported += fresh.length;
      return;
    }
    // Hashing is slow, so before the transaction.
    const ready = await Promise.all(fresh.map(async (row) => ({ row, user: await this.withPassword(row) })));
    try {
      await this.database.transaction(async () => {
        for (const { user } of ready) await this.users.create(this.project, user);
      });
      report.imported += ready.length;
    } catch (error) {
      if (!alreadyThere(error)) throw error;
      // Somebody signed up since we looked: one by one, so that only his row is left out.
      for (const { row, user } of ready) await this.takeOne(row, user, report);
    }
  }

  private async takeOne(row: Candidate, user: NewUser, report: Report): Promise<void> {
    try {
      await this.database.transaction(() => this.users.create(this.project, user));
      report.imported += 1;
    } catch (error) {
      if (!alreadyThere(error) || (await this.fresh([row], report)).length) throw error;
    }
  }

  /** Those who are not there yet; the others are noted. */
  private async fresh(batch: Candidate[], report: Report): Promise<Candidate[]> {
    const taken = {
      ids: batch.map(({ user }) => user.id),
      emails: batch.flatMap(({ user }) => user.email ?? []),
      phones: batch.flatMap(({ user }) => user.phone ?? []),
    };
    const holders = await this.users.holders(this.project, taken);
    const skipOf = ({ line, user: { id, email, phone } }: Candidate): Skip | undefined => {
      for (const holder of holders) {
        const because = holder.id === id ? 'userId' : email && holder.email === email ? 'email' : phone && holder.phone === phone ? 'phone' : undefined;
        if (because) return { line, userId: holder.id, because };
      }
      return undefined;
    };
    return batch.filter((candidate) => {
      const skip = skipOf(candidate);
      if (skip) report.skipped.push(skip);
      return !skip;
    });
  }

  private async withPassword({ user, password }: Candidate): Promise<NewUser> {
    return password === undefined ? user : { ...user, password: await this.credentials.prepare(this.project, null, password) };
  }

  private reader(): RowReader {
    return new RowReader(this.project, this.get(Passwords), this.get(Clock));
  }
}

function alreadyThere(error: unknown): boolean {
  return error instanceof Failure && error.type === 'user_already_exists';
}
