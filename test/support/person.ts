import { randomBytes } from 'node:crypto';
import type { Operation } from '../../src/contract/operation';
import { accountOperations } from '../../src/modules/account';
import { sessionOperations } from '../../src/modules/sessions';
import { PROJECT, type TestApp } from './app';
import { checkAnswer } from './row-rules';
import { graphql } from './transport-graphql';
import { rest } from './transport-rest';

export type Transport = 'rest' | 'graphql';

/** What came back, in one form for both transports. */
export interface Answer<Body = Record<string, any>> {
  /** The REST status; over GraphQL the row's status or the error's code. */
  status: number;
  /** The error's type; undefined after a success. */
  type?: string;
  body: Body;
  headers: Headers;
}

export type Input = Record<string, unknown>;
export type SendHeaders = Record<string, string>;

let people = 0;

/** Somebody with a browser, an address and a name: keeps cookies, comes from an IP address of his own. */
export class Person {
  readonly email: string;
  readonly phone: string;
  /** Digits: of letters, even hexadecimal ones, now and then his name would come about, which a project may forbid. */
  readonly password = `secret of ${randomBytes(6).readUIntBE(0, 6)}`;
  name = 'Ada';
  userId = '';
  readonly cookies = new Map<string, string>();
  readonly headers: SendHeaders;

  constructor(
    readonly app: TestApp,
    readonly transport: Transport,
    { project = PROJECT, headers = {} }: { project?: string; headers?: SendHeaders } = {},
  ) {
    people += 1;
    this.email = `ada.${randomBytes(5).toString('hex')}@example.com`;
    this.phone = `+1617${5_550_000 + people}`;
    this.headers = { 'X-Appwrite-Project': project, 'X-Forwarded-For': `10.${(people >> 16) & 255}.${(people >> 8) & 255}.${people & 255}`, ...headers };
  }

  /** Calls an operation. Fails the test when the answer's status or type is not one that the row promises. */
  async call<Body = Record<string, any>>(operation: Operation, input: Input = {}, headers: SendHeaders = {}): Promise<Answer<Body>> {
    const send = this.transport === 'graphql' && operation.graphql ? graphql : rest;
    const answer = await send(this, operation, input, { ...this.headers, ...this.cookieHeader(), ...headers });
    this.keepCookies(answer.headers);
    checkAnswer(operation, answer, this.transport);
    return answer as Answer<Body>;
  }

  async signUp(): Promise<this> {
    const { body } = await this.must(accountOperations.create, { userId: 'unique()', email: this.email, password: this.password, name: this.name });
    this.userId = body.$id;
    return this;
  }

  async signIn(): Promise<this> {
    await this.must(sessionOperations.createEmailPasswordSession, { email: this.email, password: this.password });
    return this;
  }

  /** As `call`, for steps that only lead to what a test is about. */
  async must(operation: Operation, input: Input = {}, headers: SendHeaders = {}): Promise<Answer> {
    const answer = await this.call(operation, input, headers);
    if (answer.status !== operation.status) throw new Error(`${operation.name}: ${answer.status} ${answer.type} ${JSON.stringify(answer.body)}`);
    return answer;
  }

  /** The same person at another device: no cookies there. */
  elsewhere(): Person {
    const other = new Person(this.app, this.transport);
    return Object.assign(other, { email: this.email, phone: this.phone, password: this.password, name: this.name, userId: this.userId });
  }

  private cookieHeader(): SendHeaders {
    if (this.cookies.size === 0) return {};
    return { Cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
  }

  private keepCookies(headers: Headers): void {
    for (const line of headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      const expires = /expires=([^;]+)/i.exec(line)?.[1];
      if (expires && Date.parse(expires) <= Date.now()) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
  }
}
