import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { ENTITIES } from '../../src/app.module';
import { connect, dataSourceOptions } from '../../src/infra/database/data-source';
import { settings } from '../suites/ground';
import type { Ground } from './app';

/** All that the database holds, as text. On SQLite its files too: what was deleted may still stand in them. */
export async function dump(ground: Ground): Promise<string> {
  const source: DataSource = await connect(dataSourceOptions(settings(ground.env), ENTITIES));
  const texts: string[] = [];
  for (const { tableName } of source.entityMetadatas) texts.push(tableName, JSON.stringify(await source.query(`SELECT * FROM ${tableName}`)));
  await source.destroy();
  if (!ground.env.DATABASE_URL) {
    const files = readdirSync(ground.env.DATA_DIR).filter((name) => name.startsWith('latchkey.sqlite'));
    for (const name of files) texts.push(readFileSync(join(ground.env.DATA_DIR, name), 'latin1'));
  }
  return texts.join('\n');
}
