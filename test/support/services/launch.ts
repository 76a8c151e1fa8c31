import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

export interface Launch {
  /** Commands in order: the last is the server, those before it prepare its ground. */
  steps: string[][];
  /** A command to run once the server is gone. */
  farewell?: string[];
  /** Deleted once the server is gone. */
  folder: string;
  answers(): Promise<unknown>;
  patience?: number;
}

export interface Running {
  stop(): Promise<void>;
}

/** Starts a server under a guard that ends it when this process does, and waits until it answers. */
export async function launch({ steps, farewell, folder, answers, patience = 60_000 }: Launch): Promise<Running> {
  const job = JSON.stringify({ steps, farewell, folder });
  const guard = spawn(process.execPath, [join(__dirname, 'guard.cjs'), job], {
    detached: true, // out of reach of the terminal's Ctrl-C, which would take it before it could tidy up
    env: { ...process.env, NODE_OPTIONS: '' },
    windowsHide: true,
  });
  let gone = false;
  const close = new Promise<void>((resolve) => guard.once('close', () => resolve(void (gone = true))));
  let output = '';
  for (const stream of [guard.stdout, guard.stderr]) {
    stream.on('data', (chunk: Buffer) => (output = (output + chunk.toString()).slice(-4_000)));
  }

  const handles = [guard, guard.stdin, guard.stdout, guard.stderr] as unknown as Socket[];
  const stop = async () => {
    handles.forEach((handle) => handle.ref());
    guard.stdin.end();
    await close;
  };

  try {
    await until(answers, patience, () => gone);
  } catch (error) {
    await stop();
    throw new Error(`${steps.at(-1)![0]} did not start: ${(error as Error).message}\n${output}`, { cause: error });
  }
  // A server someone forgot to stop must not keep its process alive.
  handles.forEach((handle) => handle.unref());
  return { stop };
}

/** Asks again and again until the question is answered, time is up or there is no hope. */
export async function until(answers: () => Promise<unknown>, patience: number, hopeless = () => false): Promise<void> {
  const deadline = Date.now() + patience;
  for (;;) {
    try {
      await answers();
      return;
    } catch (error) {
      if (hopeless() || Date.now() > deadline) throw error;
    }
    await pause(25);
  }
}
