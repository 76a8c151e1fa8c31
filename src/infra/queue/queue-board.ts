import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AppControllerRoute, BullBoardQueues, BullBoardRequest, IServerAdapter, UIConfig } from '@bull-board/api/typings/app';
import type { Queue } from 'bullmq';
import type { Job } from './dispatcher';
import { redacted } from './queue-redaction';

/** What of the dashboard is served: the rest of its routes changes things, or shows more than the page needs. */
const READS = ['/api/queues', '/api/queues/:queueName/:jobId', '/api/queues/:queueName/metrics', '/api/redis/stats', '/api/job-schedulers'];

/** Milliseconds for a Redis that hangs. */
const PATIENCE = 3_000;

export interface BoardAnswer {
  status: number;
  body: unknown;
}

/** What the page of the dashboard is made of. */
export interface BoardPage {
  styles: readonly string[];
  scripts: readonly string[];
  config: UIConfig;
}

interface Read {
  pattern: RegExp;
  handler: AppControllerRoute['handler'];
}

/**
 * The dashboard of @bull-board over our queue, without a server: it hangs no routes anywhere, so nothing of it can be
 * reached but through whoever holds this. Reads only; loaded when it is first asked for.
 */
export class QueueBoard implements IServerAdapter {
  private queues!: BullBoardQueues;
  private config: UIConfig = {};
  private reads: readonly Read[] = [];
  private root = '';
  private files = new Set<string>();
  private ready?: Promise<void>;

  constructor(private readonly queue: Queue<Job>) {}

  async page(): Promise<BoardPage> {
    await this.load();
    const document = readFileSync(join(this.root, 'index.ejs'), 'utf8');
    const own = (attribute: string, extension: string) => [...document.matchAll(new RegExp(`${attribute}="(static/[^"]+\\.${extension})"`, 'g'))].map(([, path]) => path);
    return { styles: own('href', 'css'), scripts: own('src', 'js'), config: this.config };
  }

  /** @param path as in the page: `static/js/main.js` @returns the file's place on disk, if it is one of the dashboard's */
  async file(path: string): Promise<string | undefined> {
    await this.load();
    return this.files.has(path) ? join(this.root, path) : undefined;
  }

  /** @param path `/api/queues` @returns undefined when the dashboard has nothing to read there @throws when Redis does not answer */
  async read(path: string, query: Record<string, unknown>): Promise<BoardAnswer | undefined> {
    await this.load();
    for (const { pattern, handler } of this.reads) {
      const found = pattern.exec(path);
      if (!found) continue;
      const request = { queues: this.queues, uiConfig: this.config, params: { ...found.groups }, query, body: {}, headers: {} } as unknown as BullBoardRequest;
      const { status = 200, body } = await inTime(Promise.resolve(handler(request)));
      return { status, body: redacted(body) };
    }
    return undefined;
  }

  setQueues(queues: BullBoardQueues): this {
    this.queues = queues;
    return this;
  }

  setViewsPath(path: string): this {
    this.root = path;
    const all = readdirSync(join(path, 'static'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    this.files = new Set(all.map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1)));
    return this;
  }

  setApiRoutes(routes: AppControllerRoute[]): this {
    this.reads = routes.flatMap(({ method, route, handler }) => {
      const paths = method === 'get' ? [route].flat().filter((path) => READS.includes(path)) : [];
      return paths.map((path) => ({ pattern: new RegExp(`^${path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`), handler }));
    });
    return this;
  }

  setUIConfig(config: UIConfig): this {
    this.config = config;
    return this;
  }

  setStaticPath(): this {
    return this;
  }

  setEntryRoute(): this {
    return this;
  }

  setErrorHandler(): this {
    return this;
  }

  private load(): Promise<void> {
    return (this.ready ??= this.assemble());
  }

  private async assemble(): Promise<void> {
    const [{ createBullBoard }, { BullMQAdapter }] = await Promise.all([import('@bull-board/api'), import('@bull-board/api/bullMQAdapter')]);
    const adapter = new BullMQAdapter(this.queue, { readOnlyMode: true, allowRetries: false });
    const uiConfig: UIConfig = { boardTitle: 'Latchkey', hideDocsLink: true, miscLinks: [] };
    createBullBoard({ queues: [adapter], serverAdapter: this, options: { uiConfig } });
  }
}

async function inTime<Result>(reading: Promise<Result>): Promise<Result> {
  let timer!: NodeJS.Timeout;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Redis did not answer within ${PATIENCE} ms`)), PATIENCE);
  });
  return Promise.race([reading, late]).finally(() => clearTimeout(timer));
}
