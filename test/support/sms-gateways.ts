import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { SmsCard, SmsReply } from './sms-cards';

export interface SmsCall {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** What a gateway does with a call that it has nothing against: its answer, or none at all. */
export type SmsMood = SmsReply | 'accept' | 'hang' | 'drop' | 'flood';

/** A provider of SMS as strict as the real one: what is not exactly as its documentation says is refused in its own words. */
export class SmsGateway {
  /** Every call, in order. */
  readonly calls: SmsCall[] = [];
  readonly accepted: SmsCall[] = [];
  mood: SmsMood = 'accept';

  private readonly sockets = new Set<Socket>();
  private readonly server: Server;

  private constructor(private readonly card: SmsCard) {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const call = { method: request.method!, path: request.url!, headers: request.headers, body: Buffer.concat(chunks).toString() };
        this.calls.push(call);
        const refusal = this.refusalOf(call);
        if (refusal) return answer(refusal);
        if (this.mood === 'hang') return undefined;
        if (this.mood === 'drop') return request.socket.destroy();
        if (this.mood === 'flood') return response.writeHead(card.accepted.status).end(Buffer.alloc(10_000_000, ' '));
        if (this.mood === 'accept') this.accepted.push(call);
        return answer(this.mood === 'accept' ? card.accepted : this.mood);
      });
      const answer = ({ status, body }: SmsReply) => {
        response.writeHead(status, { 'Content-Type': 'application/json' }).end(typeof body === 'string' ? body : JSON.stringify(body));
      };
    });
    this.server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => this.sockets.delete(socket));
    });
  }

  static async of(card: SmsCard): Promise<SmsGateway> {
    const gateway = new SmsGateway(card);
    await new Promise<void>((resolve) => gateway.server.listen(0, '127.0.0.1', resolve));
    return gateway;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private refusalOf({ method, path, headers, body }: SmsCall): SmsReply | undefined {
    const { card } = this;
    if (method !== 'POST' || path !== card.path) return card.wrongPath;
    if (headers['content-type']?.split(';')[0] !== card.type) return card.wrongParameters;
    const fields = fieldsOf(card, body);
    if (!fields) return card.wrongParameters;
    if (Object.entries(card.headers).some(([name, value]) => headers[name] !== value)) return card.wrongCredential;
    // Some bear their credential in the body.
    if ((card.credential ?? []).some((name) => fields[name] !== card.fields[name])) return card.wrongCredential;
    return shape(fields) === shape(card.fields) ? undefined : card.wrongParameters;
  }
}

export function fieldsOf({ type }: Pick<SmsCard, 'type'>, body: string): Record<string, unknown> | undefined {
  try {
    return type === 'application/json' ? (JSON.parse(body) as Record<string, unknown>) : Object.fromEntries(new URLSearchParams(body));
  } catch {
    return undefined;
  }
}

/** The names at every depth, and the kinds of their values; the values are for the tests to look at. */
function shape(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(shape).join()}]`;
  if (typeof value !== 'object' || value === null) return typeof value;
  return `{${Object.entries(value).map(([name, each]) => `${name}:${shape(each)}`).sort().join()}}`;
}
