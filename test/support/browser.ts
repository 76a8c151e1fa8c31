import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { chromiumPath } from './services/chromium';

const ARGUMENTS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Host names of tests are this machine; no other host is reached.
  '--host-resolver-rules=MAP *.test 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
];

/** One Chromium for a whole file. Each `person` has cookies and storage of his own. */
export class TestBrowser {
  private constructor(private readonly browser: Browser) {}

  static async open(): Promise<TestBrowser> {
    return new TestBrowser(await chromium.launch(await howToLaunch()));
  }

  /** One person in a browser of his own that lets other sites' cookies through. The contexts above withhold them, as private windows do. */
  static async withThirdPartyCookies(work: (person: BrowserContext) => Promise<void>): Promise<void> {
    const profile = mkdtempSync(join(tmpdir(), 'latchkey-browser-'));
    mkdirSync(join(profile, 'Default'));
    writeFileSync(join(profile, 'Default/Preferences'), JSON.stringify({ profile: { cookie_controls_mode: 0, block_third_party_cookies: false } }));
    const context = await chromium.launchPersistentContext(profile, await howToLaunch());
    try {
      await work(context);
    } finally {
      await context.close();
      // Chromium still writes while it ends.
      rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
    }
  }

  async person(options: BrowserContextOptions = {}): Promise<BrowserContext> {
    const context = await this.browser.newContext(options);
    context.setDefaultTimeout(10_000);
    return context;
  }

  close(): Promise<void> {
    return this.browser.close();
  }
}

async function howToLaunch() {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return { executablePath: await chromiumPath(), args: [...ARGUMENTS, ...sandbox] };
}

/** What a page complains of from now on: errors on its console, violated policies among them, and uncaught exceptions. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return complaints;
}

/** A web site of somebody else: the same document at every path. */
export class Site {
  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async open(files: Record<string, { type: string; body: string }>): Promise<Site> {
    const server = createServer(({ url = '/' }, response) => {
      const file = files[url.split('?')[0]];
      if (!file) return void response.writeHead(404).end();
      response.writeHead(200, { 'content-type': file.type }).end(file.body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new Site(server, (server.address() as AddressInfo).port);
  }

  at(host: string): string {
    return `http://${host}:${this.port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
