import { Injectable } from '@nestjs/common';
import * as oauth from 'oauth4webapi';
import { Clock } from '../../infra/clock';
import { Outbound } from './outbound';
import { ProviderFault } from './provider-fault';

/** Seconds for which a discovery document is believed. */
const FRESH = 3_600;
const ENDPOINTS = ['authorization_endpoint', 'token_endpoint', 'userinfo_endpoint', 'jwks_uri'] as const;
const WELL_KNOWN = '/.well-known/openid-configuration';

/** What OpenID Connect providers say of themselves (OpenID Connect Discovery 1.0). */
@Injectable()
export class Discovery {
  private readonly known = new Map<string, { until: number; document: oauth.AuthorizationServer }>();

  constructor(
    private readonly outbound: Outbound,
    private readonly clock: Clock,
  ) {}

  /** @throws ProviderFault when the document cannot be had or is another issuer's */
  async at(url: string, hosts: ReadonlySet<string>): Promise<oauth.AuthorizationServer> {
    const now = this.clock.now().getTime();
    const known = this.known.get(url);
    if (known && known.until > now) return known.document;
    const { status, body } = await this.outbound.send('discovery', { method: 'GET', url }, hosts);
    try {
      const response = new Response(body, { status, headers: { 'Content-Type': 'application/json' } });
      const document = await oauth.processDiscoveryResponse(new URL(issuerOf(url, body)), response);
      const astray = ENDPOINTS.find((name) => document[name] !== undefined && !isWebAddress(document[name]));
      if (astray) throw new Error(`${astray} is no web address`);
      // As many as are registered, so it cannot grow.
      this.known.set(url, { until: now + FRESH * 1_000, document });
      return document;
    } catch (error) {
      throw new ProviderFault('discovery', 'user_oauth2_provider_error', `the discovery document cannot be used: ${(error as Error).message}`);
    }
  }
}

/** The issuer whose document stands there. One whose URL is not in the standard's form has to name itself, and is believed: the operator chose it. */
function issuerOf(url: string, body: string): string {
  if (url.endsWith(WELL_KNOWN)) {
    const base = url.slice(0, -WELL_KNOWN.length);
    const named = issuerIn(body);
    // `https://id.example/` and `https://id.example` have the same document.
    return named === `${base}/` ? named : base;
  }
  return issuerIn(body);
}

/** The browser is sent to one of these, so a script is none. */
function isWebAddress(text: unknown): boolean {
  return typeof text === 'string' && /^https?:\/\//i.test(text) && URL.canParse(text);
}

function issuerIn(body: string): string {
  const { issuer } = JSON.parse(body) as { issuer?: unknown };
  return String(issuer);
}
