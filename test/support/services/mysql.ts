import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { container } from './docker';
import { launch, type Running } from './launch';
import { type Machine, type Place, type Program, Unobtainable } from './machine';
import { freePort } from './port';

export const mysql: Program = {
  name: 'a MySQL-protocol server',
  setting: 'TEST_DATABASE_URL',
  binaries: ['mariadbd', 'mysqld'],
  package: 'mariadb-server',
  image: 'mysql:8',
};

export async function launchMysql(place: Place, options: { durable?: boolean }, machine: Machine): Promise<Running & { url: string }> {
  const installer = 'binary' in place ? findInstaller(place.binary, machine) : [];
  const port = await freePort();
  const password = randomBytes(12).toString('hex');
  const settings = [
    `--innodb-flush-log-at-trx-commit=${options.durable ? 1 : 0}`,
    '--skip-log-bin',
    '--innodb-buffer-pool-size=128M',
    '--performance-schema=OFF',
    '--max-connections=400',
    '--skip-name-resolve',
  ];
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-mysql-'));
  const url = `mysql://${'image' in place ? 'root' : 'latchkey'}:${password}@127.0.0.1:${port}`;
  const how =
    'image' in place
      ? container(place.image, { port, inside: 3306, env: { MYSQL_ROOT_PASSWORD: password }, args: settings })
      : { steps: freshInstance(place.binary, installer, { folder, port, password, settings }) };
  const { stop } = await launch({ ...how, folder, answers: () => mysqlAnswers(url) });
  return { url, stop };
}

/** The command, still without a folder, that lays an empty data directory. */
function findInstaller(binary: string, machine: Machine): string[] {
  const isMaria = execFileSync(binary, ['--version'], { encoding: 'utf8' }).includes('MariaDB');
  if (!isMaria) return [binary, '--no-defaults', '--initialize-insecure'];
  const installer = machine.find(['mariadb-install-db', 'mysql_install_db']);
  if (!installer) throw new Unobtainable('The tests found mariadbd but not its mariadb-install-db: put it on the PATH or set TEST_DATABASE_URL.');
  return [installer, '--no-defaults', '--auth-root-authentication-method=normal', '--skip-test-db'];
}

interface Instance {
  folder: string;
  port: number;
  password: string;
  settings: string[];
}

function freshInstance(binary: string, installer: string[], { folder, port, password, settings }: Instance): string[][] {
  const firstWords = join(folder, 'init.sql');
  writeFileSync(
    firstWords,
    `CREATE USER 'latchkey'@'%' IDENTIFIED BY '${password}';\nGRANT ALL PRIVILEGES ON *.* TO 'latchkey'@'%' WITH GRANT OPTION;\n`,
    { mode: 0o600 },
  );
  // Several installations at once would trip over each other's temporary tables in the system's own folder.
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary, { recursive: true });
  // Both servers refuse root unless told that it is meant.
  const both = [`--datadir=${join(folder, 'data')}`, `--tmpdir=${temporary}`, ...(process.getuid?.() === 0 ? ['--user=root'] : [])];
  const serve = [
    binary,
    '--no-defaults',
    ...both,
    `--socket=${join(folder, 'mysql.sock')}`,
    `--pid-file=${join(folder, 'mysql.pid')}`,
    '--bind-address=127.0.0.1',
    `--port=${port}`,
    `--init-file=${firstWords}`,
    '--loose-mysqlx=OFF', // MySQL only: a second, fixed port, on which two instances would collide
    ...settings,
  ];
  return [[...installer, ...both], serve];
}

export async function mysqlAnswers(url: string): Promise<void> {
  await tell(url, 'SELECT 1');
}

/** A fresh database of its own. */
export async function createDatabase(serverUrl = process.env.TEST_DATABASE_URL): Promise<{ url: string; drop(): Promise<void> }> {
  if (!serverUrl) throw new Unobtainable('createDatabase needs a server: pass its URL or set TEST_DATABASE_URL.');
  const name = `latchkey_${randomBytes(8).toString('hex')}`;
  await tell(serverUrl, `CREATE DATABASE ${name} CHARACTER SET utf8mb4`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => tell(serverUrl, `DROP DATABASE IF EXISTS ${name}`) };
}

async function tell(url: string, statement: string): Promise<void> {
  const connection = await createConnection({ uri: url, connectTimeout: 5_000 });
  try {
    await connection.query(statement);
  } finally {
    await connection.end();
  }
}
