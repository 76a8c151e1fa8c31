import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';

const run = promisify(execFile);

export function canInstall(): boolean {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get') || !existsSync('/etc/os-release')) return false;
  return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync('/etc/os-release', 'utf8'));
}

export async function install(packages: string[]): Promise<void> {
  process.stderr.write(`Installing ${packages.join(', ')} with apt, once…\n`);
  // Locked, because two test workers may find the same program missing at the same moment.
  const commands = 'apt-get update && apt-get install -y --no-install-recommends "$@"';
  try {
    await run('flock', ['/var/lib/apt', 'sh', '-c', commands, 'sh', ...packages], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`apt could not install ${packages.join(', ')}:\n${stdout}${stderr}`, { cause: error });
  }
}
