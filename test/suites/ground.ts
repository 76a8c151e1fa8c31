import { ENTITIES } from '../../src/app.module';
import { readSettings, Settings } from '../../src/config/settings';
import { connect, dataSourceOptions, readerOptions } from '../../src/infra/database/data-source';
import { Database } from '../../src/infra/database/database';
import { migrate } from '../../src/infra/database/migrate';
import { Log } from '../../src/infra/log';
import { type Engine, prepare } from '../support/app';

export const ENGINES: Engine[] = ['sqlite', 'mysql'];

/** Settings as a test process has them. */
export function settings(environment: Record<string, string> = {}): Settings {
  return readSettings({ NODE_ENV: 'test', APP_SECRET: 'f1c0ffee5eed0b57ac1ed0ddba11babe', BCRYPT_COST: '4', LOG_LEVEL: 'silent', ...environment }).settings;
}

export const silent = new Log(settings());

/** A database with its tables and nobody in it. */
export async function openDatabase(engine: Engine) {
  const ground = await prepare(engine);
  const own = settings(ground.env);
  const source = await connect(dataSourceOptions(own, ENTITIES));
  await migrate(source);
  const database = new Database(source, engine === 'mysql' ? source : await connect(readerOptions(own, ENTITIES)));
  return {
    env: ground.env,
    source,
    database,
    async close() {
      await database.close();
      await ground.release();
    },
  };
}

/** A promise that others wait for, and what resolves it. */
export function gate(): { open: () => void; opened: Promise<void> } {
  let open!: () => void;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
}

export const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** Waits for what happens soon. */
export async function until(happened: () => boolean, patience = 10_000): Promise<void> {
  for (const end = Date.now() + patience; !happened(); await pause(10)) {
    if (Date.now() > end) throw new Error(`nothing within ${patience} ms`);
  }
}
