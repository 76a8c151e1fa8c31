import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { join } from 'node:path';
import { eventually } from './eventually';
import { freePort } from './services/port';

const ROOT = join(__dirname, '../..');

/** Milliseconds from the start of a process to its readiness: generous, since other tests run beside it. */
const START = 30_000;

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export type LogLine = Record<string, any> & { level: string; msg: string };

/** One process of the built product. */
export class Launched {
  stdout = '';
  stderr = '';
  end?: Ended;
  readonly ended: Promise<Ended>;

  constructor(
    private readonly child: ChildProcessWithoutNullStreams,
    /** Where it listens; a worker listens nowhere. */
    readonly url: string,
  ) {
    child.stdout.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    child.stdin.on('error', () => undefined);
    this.ended = new Promise((resolve) => child.once('close', (code, signal) => resolve((this.end = { code, signal }))));
  }

  get pid(): number {
    return this.child.pid!;
  }

  get output(): string {
    return this.stdout + this.stderr;
  }

  /** Log lines of one event. */
  logs(event: string): LogLine[] {
    return this.stderr
      .split('\n')
      .filter((line) => line.startsWith('{') && line.endsWith('}'))
      .map((line) => JSON.parse(line) as LogLine)
      .filter(({ msg }) => msg === event);
  }

  logged(event: string, patience?: number): Promise<LogLine> {
    return eventually(`log line ${event}`, () => this.logs(event).at(-1), patience).catch((error: Error) => {
      throw new Error(`${error.message}\n${this.output}`);
    });
  }

  /** @returns how it ended */
  stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<Ended> {
    this.signal(signal);
    return this.ended;
  }

  /** As a crash or an impatient operator does. */
  kill(): Promise<Ended> {
    return this.stop('SIGKILL');
  }

  signal(signal: NodeJS.Signals): void {
    if (!this.end) process.kill(this.pid, signal);
  }

  /** Waits for `ready` to hold. @throws Error with all that it said, when it ends before */
  async until(what: string, ready: () => boolean | Promise<boolean>): Promise<this> {
    await eventually(what, async () => this.end !== undefined || (await ready()), START).catch((error: Error) => {
      throw new Error(`${error.message}\n${this.output}`);
    });
    if (this.end) throw new Error(`${what}: ended with ${JSON.stringify(this.end)}\n${this.output}`);
    return this;
  }
}

type Env = Record<string, string>;

/** Starts processes of the product as an operator does, from `dist`; `end` in an `afterAll` leaves none behind. */
export class Processes {
  private readonly all: Launched[] = [];

  /** `npm run start:api`, ready to serve. */
  async api(env: Env): Promise<Launched> {
    return ready(await this.launchListening(['dist/main.js', '--api-only'], env));
  }

  /** `npm start`: API and worker in one, ready to serve. */
  async both(env: Env): Promise<Launched> {
    return ready(await this.launchListening(['dist/main.js'], env));
  }

  /** `npm run start:worker`, taking jobs. */
  worker(env: Env): Promise<Launched> {
    const worker = this.launch(['dist/worker.js'], env);
    return worker.until('the worker is ready', () => worker.logs('worker.ready').length > 0);
  }

  /** With a port of its own unless `env` names one. */
  async launchListening(args: string[], env: Env): Promise<Launched> {
    const port = env.PORT ?? String(await freePort());
    return this.launch(args, { ...env, PORT: port }, `http://127.0.0.1:${port}`);
  }

  /** Not waited for. The environment is what is given: nothing of the one who runs the tests gets in. */
  launch([script, ...args]: string[], env: Env, url = '', cwd = ROOT): Launched {
    const child = spawn(process.execPath, ['--require', join(__dirname, 'leash.cjs'), join(ROOT, script), ...args], { cwd, env: { PATH: process.env.PATH!, ...env } });
    const launched = new Launched(child, url);
    this.all.push(launched);
    return launched;
  }

  async end(): Promise<void> {
    await Promise.all(this.all.map((each) => each.kill()));
  }
}

export function ready(server: Launched): Promise<Launched> {
  return server.until('the server is ready', async () => (await readiness(server)) === 200);
}

/** The status of `/v1/health/ready`; null when nobody answers. */
export function readiness({ url }: { url: string }): Promise<number | null> {
  return fetch(`${url}/v1/health/ready`, { headers: { Connection: 'close' } }).then(
    ({ status }) => status,
    () => null,
  );
}
