import { createConnection } from 'mysql2/promise';
import type { Person } from './people';

export type Row = Record<string, unknown>;

/** In a copied row, a value equal to a key becomes the key's value, whatever column it stands in. */
export type Swaps = Record<string, string>;

export interface Plan {
  table: string;
  /** The copies of this row that a person needs. */
  copies: (row: Row, person: Person) => Swaps[];
}

const BATCH = 500;

/**
 * Makes ten thousand accounts out of one that was made through the front door: its rows are copied with other
 * ids, e-mails and secret hashes. Hashing as many passwords would take an hour; writing rows by a list of columns
 * would go stale with the next migration.
 */
export async function multiply(url: string, plans: Plan[], people: Person[]): Promise<void> {
  const database = await createConnection({
    uri: url,
    dateStrings: true,
    typeCast: (field, next) => (field.type === 'JSON' ? field.string() : next()),
  });
  const query = async (sql: string, values: unknown[] = []) => (await database.query(sql, values))[0] as Row[];
  try {
    for (const { table, copies } of plans) {
      const columns = await writableColumns(query, table);
      const originals = await query(`SELECT ${columns.join(', ')} FROM \`${table}\``);
      if (!originals.length) throw new Error(`Table ${table} is empty: nothing to copy`);
      for (let at = 0; at < people.length; at += BATCH) {
        const rows = people.slice(at, at + BATCH).flatMap((person) =>
          originals.flatMap((row) => copies(row, person).map((swaps) => Object.values(row).map((value) => swap(value, swaps)))),
        );
        await query(`INSERT INTO \`${table}\` (${columns.join(', ')}) VALUES ?`, [rows]);
      }
      await query(`ANALYZE TABLE \`${table}\``);
    }
  } finally {
    await database.end();
  }
}

async function writableColumns(query: (sql: string, values: unknown[]) => Promise<Row[]>, table: string): Promise<string[]> {
  const columns = await query(
    `SELECT column_name AS name FROM information_schema.columns
     WHERE table_schema = DATABASE() AND table_name = ? AND extra NOT LIKE '%auto_increment%' AND extra NOT LIKE '%GENERATED%'
     ORDER BY ordinal_position`,
    [table],
  );
  return columns.map(({ name }) => `\`${name}\``);
}

function swap(value: unknown, swaps: Swaps): unknown {
  if (typeof value === 'string') return swaps[value] ?? inside(value, swaps);
  if (!Buffer.isBuffer(value)) return value;
  const swapped = swaps[value.toString('hex')];
  return swapped ? Buffer.from(swapped, 'hex') : value;
}

/** JSON columns hold the same values between quotes. */
function inside(text: string, swaps: Swaps): string {
  if (!/^[[{]/.test(text)) return text;
  return Object.entries(swaps).reduce((changed, [from, to]) => changed.replaceAll(`"${from}"`, `"${to}"`), text);
}
