import { execFileSync } from 'node:child_process';
import { arch, cpus, release, totalmem } from 'node:os';
import { createConnection } from 'mysql2/promise';
import { canPin } from './pin';

/** Where and of what this was measured. */
export async function machine(databaseUrl: string): Promise<Record<string, unknown>> {
  return {
    cpu: cpus()[0]?.model,
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    kernel: `${process.platform} ${release()} ${arch()}`,
    node: process.version,
    database: await databaseVersion(databaseUrl),
    commit: commit(),
    pinned: canPin,
  };
}

async function databaseVersion(url: string): Promise<string> {
  const database = await createConnection(url);
  try {
    const [rows] = await database.query('SELECT VERSION() AS version, @@innodb_flush_log_at_trx_commit AS flush');
    const [{ version, flush }] = rows as { version: string; flush: number }[];
    return `${version}, ${flush === 1 ? 'flushed at every commit' : `innodb_flush_log_at_trx_commit=${flush}`}`;
  } finally {
    await database.end();
  }
}

function commit(): string {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty'], { cwd: __dirname, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return 'unknown';
  }
}
