import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';

const TICK = 10_000; // microseconds in a clock tick of /proc: USER_HZ is 100 on every Linux architecture we ship for

/** The measured server's core, and the core of everything else. */
export const SERVER_CORE = '0';
export const OTHER_CORE = '1';
export const BOTH_CORES = '0,1';

export const canPin =
  process.platform === 'linux' && cpus().length > 1 && spawnSync('taskset', ['--version']).status === 0;

/** The command line that runs `command` on the given cores only. */
export function onCores(cores: string, command: string, args: string[]): [string, string[]] {
  return canPin ? ['taskset', ['-c', cores, command, ...args]] : [command, args];
}

/** Moves this process, and with it whatever it starts from now on: load generator, database, Redis. */
export function moveHere(cores: string): void {
  if (canPin) execFileSync('taskset', ['-a', '-c', '-p', cores, String(process.pid)], { stdio: 'ignore' });
}

/** User and system time of all of a process's threads so far, in microseconds; 0 where there is no /proc. */
export function cpuMicros(pid: number): number {
  const fields = read(`/proc/${pid}/stat`).replace(/^.*\) /s, '').split(' ');
  return fields.length > 12 ? (Number(fields[11]) + Number(fields[12])) * TICK : 0;
}

export function residentMiB(pid: number): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) / 1024;
}

/** Busy and total ticks of each core so far: shows which core was the bottleneck. */
export function coreTicks(): { busy: number; total: number }[] {
  const lines = read('/proc/stat').match(/^cpu\d+ .*$/gm) ?? [];
  return lines.map((line) => {
    const [user, nice, system, idle, wait, irq, soft, steal = 0] = line.split(/\s+/).slice(1).map(Number);
    const busy = user + nice + system + irq + soft + steal;
    return { busy, total: busy + idle + wait };
  });
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
