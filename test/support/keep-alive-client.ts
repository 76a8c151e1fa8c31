import { Agent, request } from 'node:http';

export interface Outcome {
  /** The answer's status; undefined when none came. */
  status?: number;
  /** The server is about to close the connection, and said so. */
  last?: boolean;
  /** What happened instead of an answer. */
  code?: string;
}

/** One kept connection, as a browser or a balancer holds it; does not try again by itself. */
export class KeepAliveClient {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(private readonly url: string) {}

  send(method: string, path: string, headers: Record<string, string>, body?: object): Promise<Outcome> {
    return new Promise((resolve) => {
      const sent = request(`${this.url}${path}`, { method, agent: this.agent, headers: { 'Content-Type': 'application/json', ...headers } }, (response) => {
        response.on('error', ({ code }: NodeJS.ErrnoException) => resolve({ code }));
        response.on('end', () => resolve({ status: response.statusCode, last: response.headers.connection === 'close' })).resume();
      });
      sent.on('error', ({ code }: NodeJS.ErrnoException) => resolve({ code }));
      sent.end(body && JSON.stringify(body));
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
