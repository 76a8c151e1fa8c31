import { API_KEY, PROJECT, type TestApp } from '../support/app';

export type Parameters = Record<string, unknown>;
type Method = (...args: unknown[]) => Promise<any>;
type Service = Record<string, Method>;

interface Client {
  setEndpoint(url: string): Client;
  setProject(id: string): Client;
  setJWT(jwt: string): Client;
  setSession(secret: string): Client;
  /** Server SDKs only. */
  setKey(secret: string): Client;
  /** Newer SDKs only. */
  setDevKey(secret: string): Client;
  ping(): Promise<unknown>;
}

export type Refusal = Error & { code: number; type: string; response: unknown };

/** What of a package the steps use; every SDK exports these under the same names. */
interface Package {
  Client: new () => Client;
  Account: new (client: Client) => Service;
  Graphql: new (client: Client) => Service;
  AppwriteException: new (...args: unknown[]) => Refusal;
  AuthenticatorType: { Totp: string };
  AuthenticationFactor: { Recoverycode: string };
  ID: { unique(): string };
  Query: { limit(count: number): string };
}

export interface Sdk {
  name: string;
  platform: 'web' | 'server';
  /** How a method takes its parameters: one after another, or as one object. */
  form: 'positional' | 'object';
  /** Has `createEmailVerification` beside `createVerification`, `createJWT({ duration })`, dev keys and `ping`. */
  modern: boolean;
  /** Its `deleteMfaAuthenticator` wants a code; the others trust in a recent challenge. */
  removesByCode?: true;
}

export const SDKS: Sdk[] = [
  { name: 'appwrite-15', platform: 'web', form: 'positional', modern: false, removesByCode: true },
  { name: 'appwrite-27', platform: 'web', form: 'positional', modern: true },
  { name: 'appwrite-27', platform: 'web', form: 'object', modern: true },
  { name: 'node-appwrite-13', platform: 'server', form: 'positional', modern: false, removesByCode: true },
  { name: 'node-appwrite-16', platform: 'server', form: 'positional', modern: false },
  { name: 'node-appwrite-27', platform: 'server', form: 'positional', modern: true },
  { name: 'node-appwrite-27', platform: 'server', form: 'object', modern: true },
];

// Loaded before a Browser replaces `fetch`: some server SDKs take hold of it as they load.
const packages = new Map(SDKS.map(({ name }) => [name, require(name) as Package]));

/** Methods of `Account` that the server will not serve: consents given to apps are out of scope. In lower case, since v27 spells some in two ways. */
export const WAITING = new Set(
  [
    'listConsents',
    'getConsent',
    'deleteConsent',
    'listConsentTokens',
    'getConsentToken',
    'deleteConsentToken',
  ].map((name) => name.toLowerCase()),
);

/** One program that uses an SDK: a page, or a server. */
export class Program {
  readonly package: Package;
  /** The methods of `Account` that were called. */
  readonly tried = new Set<string>();

  constructor(
    readonly sdk: Sdk,
    private readonly app: TestApp,
  ) {
    this.package = packages.get(sdk.name)!;
  }

  client(): Client {
    return new this.package.Client().setEndpoint(`${this.app.url}/v1`).setProject(PROJECT);
  }

  /** @param parameters in the order in which the SDK takes them one after another */
  account(client: Client, method: string, parameters: Parameters = {}): Promise<any> {
    this.tried.add(method);
    return this.call(new this.package.Account(client), method, parameters);
  }

  /** The methods of `Account` that this SDK has and the server serves. */
  get served(): string[] {
    return Object.getOwnPropertyNames(this.package.Account.prototype).filter((name) => name !== 'constructor' && !WAITING.has(name.toLowerCase()));
  }

  graphql(client: Client, method: 'query' | 'mutation', query: unknown): Promise<any> {
    return this.call(new this.package.Graphql(client), method, { query });
  }

  private call(service: Service, method: string, parameters: Parameters): Promise<any> {
    return this.sdk.form === 'object' && Object.keys(parameters).length > 0 ? service[method](parameters) : service[method](...Object.values(parameters));
  }
}

/** The server's half of server-side rendering: its key turns a password into a session's secret. */
export async function sessionSecret(app: TestApp, person: { email: string; password: string }): Promise<string> {
  const server = new Program(SDKS.find(({ platform }) => platform === 'server')!, app);
  const session = await server.account(server.client().setKey(API_KEY), 'createEmailPasswordSession', person);
  return session.secret as string;
}

export type { Client };
