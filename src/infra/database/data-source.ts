import { join } from 'node:path';
import { DataSource, type DataSourceOptions } from 'typeorm';
import type { Settings } from '../../config/settings';
import { migrations } from './migrations';

type Entities = DataSourceOptions['entities'];

/** Options of the one data source: MySQL or MariaDB when DATABASE_URL is set, else SQLite in DATA_DIR. */
export function dataSourceOptions(settings: Settings, entities: Entities): DataSourceOptions {
  if (settings.DATABASE_URL) {
    return {
      type: 'mysql',
      url: settings.DATABASE_URL,
      // Dates go in and come out as UTC whatever the server's zone is.
      timezone: 'Z',
      charset: 'utf8mb4_bin',
      poolSize: 16,
      connectTimeout: 10_000,
      // An object as a parameter must never become SQL (CVE-2025-60542).
      extra: { stringifyObjects: true, enableKeepAlive: true },
      entities,
      migrations,
      migrationsTransactionMode: 'each',
    };
  }
  return { ...sqlite(settings, entities), enableWAL: true, migrations, migrationsTransactionMode: 'each' };
}

/** SQLite only: a second connection for reads outside a transaction; on the writer's own they would see rows not yet committed. */
export function readerOptions(settings: Settings, entities: Entities): DataSourceOptions {
  return { ...sqlite(settings, entities), readonly: true };
}

function sqlite(settings: Settings, entities: Entities) {
  return {
    type: 'better-sqlite3' as const,
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- native, and of no use on MySQL
    driver: require('libsql') as unknown,
    database: join(settings.DATA_DIR, 'latchkey.sqlite'),
    entities,
    statementCacheSize: 200,
  };
}

export async function connect(options: DataSourceOptions): Promise<DataSource> {
  return new DataSource(options).initialize();
}
