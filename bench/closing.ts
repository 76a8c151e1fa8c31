import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const doors: (() => unknown)[] = [];
let folder: string | undefined;
let closing: Promise<void> | undefined;

/** Whatever is opened says here how it is closed; the last opened closes first. */
export function onClose(close: () => unknown): void {
  doors.push(close);
}

/** Asked twice, as by a signal in the middle of an error, it closes once. */
export function closeAll(): Promise<void> {
  return (closing ??= close());
}

async function close(): Promise<void> {
  for (let door = doors.pop(); door; door = doors.pop()) {
    try {
      await door();
    } catch (error) {
      console.error(`While closing: ${(error as Error).message}`);
    }
  }
}

/** A folder of this run's own, gone at the end. */
export function scratch(): string {
  if (!folder) {
    const made = mkdtempSync(join(tmpdir(), 'latchkey-bench-'));
    folder = made;
    onClose(() => rmSync(made, { recursive: true, force: true }));
  }
  return folder;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    console.error(`\n${signal}: closing`);
    void closeAll().then(() => process.exit(130));
  });
}
