import type { QueryRunner } from 'typeorm';

/** Column types that mean the same on both engines, for migrations. */
export interface Dialect {
  id: string;
  /** 64 hex characters. */
  digest: string;
  name: (length: number) => string;
  flag: string;
  integer: string;
  instant: string;
  /** Up to 64 KiB. */
  text: string;
  /** Up to 16 MiB. */
  longText: string;
  /** Ends a CREATE TABLE. */
  table: string;
}

// Binary collation: under the engines' defaults jose@ and josé@ are one address (CVE-2024-27295).
const MYSQL: Dialect = {
  id: 'varchar(36)',
  digest: 'char(64)',
  name: (length) => `varchar(${length})`,
  flag: 'tinyint(1)',
  integer: 'int',
  instant: 'datetime(3)',
  text: 'text',
  longText: 'mediumtext',
  table: ' ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin ROW_FORMAT=DYNAMIC',
};

const SQLITE: Dialect = {
  ...MYSQL,
  digest: 'varchar(64)',
  flag: 'boolean',
  integer: 'integer',
  longText: 'text',
  table: '',
};

export function dialectOf(runner: QueryRunner): Dialect {
  return runner.connection.options.type === 'mysql' ? MYSQL : SQLITE;
}
