import { Injectable } from '@nestjs/common';
import * as oauth from 'oauth4webapi';
import { Clock } from '../../infra/clock';
import { list, text } from './answer';
import { Outbound } from './outbound';
import type { Answer } from './provider';
import { ProviderFault } from './provider-fault';

/** Milliseconds for which a provider's keys are believed, and the least time between two looks for a new one. */
const FRESH = 3_600_000;
const PATIENCE = 60_000;

/** Signatures that a public key checks: a token signed with the client's secret, or with nothing, is none of theirs. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'];

export interface Expected {
  issuer: string;
  jwks: string;
  clientId: string;
  /** Left out where the provider does not give it back. */
  nonce?: string;
  hosts: ReadonlySet<string>;
}

/** Checks ID tokens (OpenID Connect Core 1.0, section 3.1.3.7): signature, issuer, audience, times, nonce. */
@Injectable()
export class IdTokens {
  private readonly known = new Map<string, { at: number; keys: Answer[] }>();

  constructor(
    private readonly outbound: Outbound,
    private readonly clock: Clock,
  ) {}

  /** @returns its claims @throws ProviderFault */
  async verify(idToken: string, expected: Expected): Promise<Answer> {
    const header = part(idToken, 0);
    const keys = await this.candidates(text(header, 'kid'), expected);
    let reason: unknown = new Error('no key of the provider fits it');
    for (const key of keys) {
      try {
        return await this.check(idToken, key, expected);
      } catch (error) {
        reason = error;
      }
    }
    throw new ProviderFault('id-token', 'user_oauth2_provider_error', `the ID token is not valid: ${(reason as Error).message}`);
  }

  private async check(idToken: string, key: Answer, { issuer, clientId, nonce }: Expected): Promise<Answer> {
    // Microsoft's common endpoint speaks for every tenant: the token's own is named in its issuer.
    const server: oauth.AuthorizationServer = {
      issuer: issuer.replace('{tenantid}', text(part(idToken, 1), 'tid')),
      jwks_uri: 'https://keys.invalid/',
      id_token_signing_alg_values_supported: ALGORITHMS,
    };
    const client: oauth.Client = { client_id: clientId, [oauth.clockSkew]: this.skew(), [oauth.clockTolerance]: 60 };
    const response = Response.json({ access_token: 'none', token_type: 'bearer', id_token: idToken });
    const claims = oauth.getValidatedIdTokenClaims(
      await oauth.processAuthorizationCodeResponse(server, client, response, { expectedNonce: nonce ?? claimedNonce(idToken), requireIdToken: true }),
    );
    await oauth.validateApplicationLevelSignature(server, response, {
      [oauth.customFetch]: () => Promise.resolve(Response.json({ keys: [key] })),
      [oauth.jwksCache]: {},
    });
    return claims;
  }

  /** The keys that may have signed: the one it names; all of them where it names none. */
  private async candidates(kid: string, { jwks, hosts }: Expected): Promise<Answer[]> {
    const fitting = (keys: Answer[]) => keys.filter((key) => (kid ? text(key, 'kid') === kid : text(key, 'use') !== 'enc'));
    const known = this.known.get(jwks);
    const now = this.clock.now().getTime();
    if (known && now - known.at < FRESH) {
      const keys = fitting(known.keys);
      // An unknown key may be a new one; but whoever sends nonsense does not make us ask again and again.
      if (keys.length > 0 || now - known.at < PATIENCE) return keys;
    }
    const keys = list(await this.outbound.ask('id-token', { method: 'GET', url: jwks }, hosts), 'keys');
    this.known.set(jwks, { at: now, keys });
    return fitting(keys);
  }

  /** Seconds between the machine's clock, which the library reads, and ours. */
  private skew(): number {
    // eslint-disable-next-line no-restricted-syntax -- the difference to it is what is asked for
    return Math.round((this.clock.now().getTime() - Date.now()) / 1_000);
  }
}

/** Where no nonce is expected, whatever is there may be there. */
function claimedNonce(idToken: string): string | typeof oauth.expectNoNonce {
  return text(part(idToken, 1), 'nonce') || oauth.expectNoNonce;
}

/** A part of a JWT, not checked. */
function part(token: string, index: number): Answer {
  try {
    return JSON.parse(Buffer.from(token.split('.')[index] ?? '', 'base64url').toString('utf8')) as Answer;
  } catch {
    return undefined;
  }
}
