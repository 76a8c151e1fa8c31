import { call } from '../../../infra/http/http-client';
import { ChannelError } from '../channel';

export interface Reply<Answer> {
  status: number;
  /** Empty when the answer is not a JSON object. */
  body: { [Key in keyof Answer]?: unknown };
}

/** The set-up is wrong, or the moment: 3xx, credentials, money, address, haste. The operator mends it, or time does. */
const PASSING = new Set([401, 402, 403, 404, 405, 407, 408, 425, 429]);

/** A provider's HTTP API: how it is called, and the failures that all of them have alike. */
export class Gateway {
  constructor(
    private readonly name: string,
    private readonly url: string,
    private readonly headers: Record<string, string>,
    /** Milliseconds for a whole exchange. */
    private readonly timeout?: number,
  ) {}

  /** What is undefined is left out. */
  form<Answer>(fields: Record<string, string | undefined>): Promise<Reply<Answer>> {
    const given = Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined);
    return this.post('application/x-www-form-urlencoded', new URLSearchParams(given).toString());
  }

  json<Answer>(value: object, headers?: Record<string, string>): Promise<Reply<Answer>> {
    return this.post('application/json', JSON.stringify(value), headers);
  }

  /** @param code the provider's own; only a number is repeated, since anything else could be of the message */
  refusal({ status }: { status: number }, code: unknown, permanent = false): ChannelError {
    const told = /^-?\d{1,6}$/.test(String(code)) ? ` with code ${String(code)}` : '';
    return new ChannelError(`${this.name} answered ${status}${told}`, permanent);
  }

  private async post<Answer>(type: string, body: string, headers?: Record<string, string>): Promise<Reply<Answer>> {
    const { status, body: text } = await this.answer({ 'Content-Type': type, Accept: 'application/json', ...this.headers, ...headers }, body);
    const reply = { status, body: parsed(text) as Reply<Answer>['body'] };
    if (status >= 200 && status < 300) return reply;
    if (status < 400 || status >= 500 || PASSING.has(status)) throw this.refusal(reply, undefined);
    return reply;
  }

  private async answer(headers: Record<string, string>, body: string) {
    try {
      return await call({ method: 'POST', url: this.url, headers, body, timeout: this.timeout });
    } catch (error) {
      throw new ChannelError(`${this.name} cannot be reached: ${(error as Error).message}`, false);
    }
  }
}

export function basic({ user, secret }: { user: string; secret: string }): string {
  return `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`;
}

/** As most providers want numbers. */
export function withoutPlus(number: string): string {
  return number.replace(/^\+/, '');
}

function parsed(text: string): object {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
