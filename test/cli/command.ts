import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ground } from '../support/app';

const ROOT = join(__dirname, '../..');

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
  /** What was printed with `--json`. */
  json<Result = Record<string, any>>(): Result;
}

/** A dist that is older than the sources would be another product. */
export function build(): void {
  execFileSync(process.execPath, ['scripts/build.mjs', '--if-needed'], { cwd: ROOT });
}

/** `npm run -s cli -- …`, as an operator runs it: the environment is the installation's and nothing else. */
export function cli({ env }: Pick<Ground, 'env'>, ...args: string[]): Promise<Ended> {
  const child = spawn(process.execPath, ['dist/cli.js', ...args], { cwd: ROOT, env: { PATH: process.env.PATH!, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr, json: () => JSON.parse(stdout) }));
  });
}

/** Writes files for one test suite; all go at its end. */
export class Files {
  private readonly directory = mkdtempSync(join(tmpdir(), 'latchkey-cli-'));

  lines(...rows: (object | string)[]): string {
    return this.text(rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row))).join('\n'));
  }

  text(content: string): string {
    const path = join(this.directory, `${Math.random().toString(36).slice(2)}.json`);
    writeFileSync(path, content);
    return path;
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}
