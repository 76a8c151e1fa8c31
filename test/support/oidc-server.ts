import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { join } from 'node:path';
import { freePort } from './services/port';

/** How an OpenID Connect provider has the client show who it is. */
export type AuthMethod = 'client_secret_basic' | 'client_secret_post';

/** The characters are those that Basic credentials have to encode (RFC 6749 section 2.3.1). */
const SECRET = 'a+b c/d:e%20=f';

/** A provider that will run at an address known before it does: the product needs the address, the provider the product's. */
export class OidcIssuer {
  readonly clientId = 'latchkey test';
  readonly clientSecret = SECRET;

  private constructor(
    readonly url: string,
    readonly method: AuthMethod,
  ) {}

  /** By address, not by name: another site than the product's `localhost`. */
  static async at(method: AuthMethod): Promise<OidcIssuer> {
    return new OidcIssuer(`http://127.0.0.1:${await freePort()}`, method);
  }

  /** What an operator writes into the projects file. */
  get registration() {
    return { clientId: this.clientId, clientSecret: this.clientSecret, wellKnownEndpoint: `${this.url}/.well-known/openid-configuration` };
  }
}

/** `oidc-provider`, as it comes, with its page for development: any login is an account. */
export class OidcServer {
  private constructor(private readonly child: ChildProcessWithoutNullStreams) {}

  /** @param issuers with the redirect URI that each of them knows */
  static async start(issuers: { issuer: OidcIssuer; redirectUri: string }[]): Promise<OidcServer> {
    const clients = issuers.map(({ issuer: { url, method, clientId, clientSecret }, redirectUri }) => ({ issuer: url, method, clientId, clientSecret, redirectUri }));
    const child = spawn(process.execPath, [join(__dirname, 'oidc-server.child.mjs')], { env: { PATH: process.env.PATH!, OIDC_ISSUERS: JSON.stringify(clients) } });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    await new Promise<void>((resolve, reject) => {
      child.stdout.setEncoding('utf8').on('data', (text: string) => text.includes('ready') && resolve());
      child.once('error', reject);
      child.once('close', (code) => reject(new Error(`the OpenID Connect server ended with ${code}: ${said}`)));
    });
    return new OidcServer(child);
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.child.once('close', () => resolve());
      this.child.kill();
    });
  }
}
