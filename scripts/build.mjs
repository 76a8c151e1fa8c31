// Builds src into dist with SWC. `--if-needed` leaves a dist alone that is newer than everything it is made from.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const stamp = join(root, 'dist/.built');

function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

const sources = ['src', '.swcrc', 'package.json'].map((name) => join(root, name));
if (process.argv.includes('--if-needed') && existsSync(stamp) && statSync(stamp).mtimeMs >= Math.max(...sources.map(newest))) process.exit(0);

rmSync(join(root, 'dist'), { recursive: true, force: true });
// Only TypeScript is compiled: scripts for browsers are copied as they stand, like every other asset.
const swc = join(root, 'node_modules/@swc/cli/bin/swc.js');
const built = spawnSync(process.execPath, [swc, 'src', '-d', 'dist', '--strip-leading-paths', '--extensions', '.ts', '--copy-files', '--ignore', '**/*.spec.ts', '--quiet'], { cwd: root, stdio: 'inherit' });
if (built.status === 0) writeFileSync(stamp, '');
process.exit(built.status ?? 1);
