import type { DataSource } from 'typeorm';

const LOCK = 'latchkey_migrations';
/** Seconds that a second process waits for the first. */
const PATIENCE = 120;

/**
 * Runs what has not run yet. On MySQL under a named lock, since several processes start at once.
 *
 * @returns names of the migrations that ran
 */
export async function migrate(source: DataSource): Promise<string[]> {
  if (source.options.type !== 'mysql') return names(await source.runMigrations());
  // The lock belongs to its connection, so the migrations run while that one is held.
  const runner = source.createQueryRunner();
  try {
    const [{ locked }] = (await runner.query('SELECT GET_LOCK(?, ?) AS locked', [LOCK, PATIENCE])) as { locked: number }[];
    if (Number(locked) !== 1) throw new Error(`another process has held the migration lock for ${PATIENCE} seconds; see \`SELECT IS_USED_LOCK('${LOCK}')\``);
    return names(await source.runMigrations());
  } finally {
    await runner.query('SELECT RELEASE_LOCK(?)', [LOCK]).catch(() => undefined);
    await runner.release();
  }
}

function names(ran: { name: string }[]): string[] {
  return ran.map(({ name }) => name);
}
