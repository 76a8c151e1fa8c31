import { ChildProcess, spawn } from 'node:child_process';
import { openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onClose, scratch } from './closing';
import { onCores } from './pin';

export interface Command {
  name: string;
  cores: string;
  /** What node is given: options, file, arguments. */
  args: string[];
  env?: Record<string, string>;
  /** The product knows nothing of us: no IPC, so `ready` and `hear` are not for it. */
  mute?: true;
}

const START = 60_000;
const GOODBYE = 10_000;
const alive = new Set<ChildProcess>();
process.on('exit', () => alive.forEach((child) => child.kill('SIGKILL')));

export const typescript = (file: string): string[] => ['-r', '@swc-node/register', join(__dirname, file)];

/** A node process on its cores. It says `{ ready: true }` over IPC once it can be asked, and ends when we do. */
export class Child {
  readonly pid: number;
  port = 0;
  private readonly process: ChildProcess;
  private readonly name: string;
  private readonly log: string;

  constructor({ name, cores, args, env, mute }: Command) {
    this.name = name;
    this.log = join(scratch(), `${name}.log`);
    const output = openSync(this.log, 'w');
    const [command, rest] = onCores(cores, process.execPath, args);
    this.process = spawn(command, rest, {
      stdio: ['ignore', output, output, ...(mute ? [] : ['ipc' as const])],
      env: { ...process.env, ...env },
    });
    if (!this.process.pid) throw new Error(`${name} does not start`);
    this.pid = this.process.pid;
    alive.add(this.process);
    this.process.once('exit', () => alive.delete(this.process));
    onClose(() => this.stop());
  }

  async ready(): Promise<this> {
    const { port = 0 } = await this.hear<{ port?: number }>((message) => 'ready' in message, START);
    this.port = port;
    return this;
  }

  /** Resolves with the first message that `wanted` accepts. */
  hear<T extends object>(wanted: (message: T) => boolean, patience: number): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const settle = (end: () => void) => {
        clearTimeout(timer);
        this.process.off('message', onMessage).off('exit', onExit);
        end();
      };
      const onMessage = (message: unknown) => wanted(message as T) && settle(() => resolve(message as T));
      const onExit = () => settle(() => reject(new Error(`The ${this.name} process ended unasked:\n${this.lastWords()}`)));
      const timer = setTimeout(() => settle(() => reject(new Error(`The ${this.name} process said nothing for ${patience} ms:\n${this.lastWords()}`))), patience);
      this.process.on('message', onMessage).on('exit', onExit);
    });
  }

  send(message: object): void {
    this.process.send?.(message);
  }

  get ended(): boolean {
    return this.process.exitCode !== null || this.process.signalCode !== null;
  }

  /** In its log. */
  said(words: string): boolean {
    return readFileSync(this.log, 'utf8').includes(words);
  }

  lastWords(): string {
    return readFileSync(this.log, 'utf8').split('\n').slice(-15).join('\n');
  }

  async stop(): Promise<void> {
    if (this.ended) return;
    const gone = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.kill('SIGTERM');
    const timer = setTimeout(() => this.process.kill('SIGKILL'), GOODBYE);
    await gone;
    clearTimeout(timer);
  }
}
