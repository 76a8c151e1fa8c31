import { join } from 'node:path';
import Sqlite from 'libsql';
import { createConnection } from 'mysql2/promise';
import type { Ground } from './app';

/** Reads an installation's database past the product. Placeholders are `?`. */
export async function select<Row = Record<string, any>>({ env }: Pick<Ground, 'env'>, sql: string, values: string[] = []): Promise<Row[]> {
  if (!env.DATABASE_URL) {
    const database = new Sqlite(join(env.DATA_DIR, 'latchkey.sqlite'));
    try {
      return database.prepare(sql).all(...values) as Row[];
    } finally {
      database.close();
    }
  }
  const connection = await createConnection(env.DATABASE_URL);
  try {
    return (await connection.query(sql, values))[0] as Row[];
  } finally {
    await connection.end();
  }
}
