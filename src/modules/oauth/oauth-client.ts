import { Injectable } from '@nestjs/common';
import type { OAuthRegistration } from '../../contract/project';
import { Clock } from '../../infra/clock';
import type { Outgoing } from '../../infra/http/http-client';
import { at, text } from './answer';
import { Discovery } from './discovery';
import { fill, fillAll } from './fill';
import { IdTokens } from './id-tokens';
import { Outbound } from './outbound';
import type { Answer, Profile, Provider, TokenCall } from './provider';
import { ProviderFault } from './provider-fault';
import { hostsOf } from './registered-hosts';
import { cardOf } from './registration';
import { tokenRequest } from './token-request';

/** What a provider grants for a code, or for a refresh token. */
export interface Grant {
  accessToken: string;
  /** Empty when there is none. */
  refreshToken: string;
  /** Null when the provider does not say. */
  expiresAt: Date | null;
  idToken: string;
  /** The whole answer, for the card. */
  answer: Answer;
}

/** What one sign-in keeps between start and callback. */
export interface Secrets {
  /** PKCE (RFC 7636 section 4.1); also where the provider does not check it. */
  verifier: string;
  /** S256 of the verifier. */
  challenge: string;
  nonce: string;
}

interface Registered {
  name: string;
  card: Provider;
  values: Readonly<Record<string, string>>;
  hosts: ReadonlySet<string>;
  /** How this provider may want the client's credentials, likeliest first, where the card does not know. */
  credentials: readonly NonNullable<TokenCall['credentials']>[];
}

/**
 * OpenID Connect Discovery 1.0 section 3: what is not said means Basic, which is also what a client is registered with
 * unless it says otherwise. Where both are listed, only the registration knows.
 */
function waysToAuthenticate(supported: readonly string[] = ['client_secret_basic'], discovered: boolean): ('basic' | 'params')[] {
  if (!discovered) return ['params', 'basic'];
  const [basic, post] = [supported.includes('client_secret_basic'), supported.includes('client_secret_post')];
  return basic && post ? ['basic', 'params'] : [post ? 'params' : 'basic'];
}

/** Speaks OAuth 2.0 with providers, as their cards describe it. Keeps nothing and decides nothing about users. */
@Injectable()
export class OAuthClient {
  constructor(
    private readonly outbound: Outbound,
    private readonly discovery: Discovery,
    private readonly idTokens: IdTokens,
    private readonly clock: Clock,
  ) {}

  /** Where the browser goes to sign in. @param scopes asked for besides the card's @throws ProviderFault */
  async authorizeUrl(name: string, registration: OAuthRegistration, redirectUri: string, state: string, scopes: readonly string[], secrets: Secrets): Promise<string> {
    const { card, values } = await this.registered(name, registration);
    const { authorize, pkce, idToken, scopeSeparator = ' ' } = card;
    const asked = [...new Set([...card.scopes, ...scopes])].join(scopeSeparator);
    const standard: Record<string, string> = {
      client_id: values.clientId,
      redirect_uri: redirectUri,
      response_type: 'code',
      ...(asked && { [authorize.scopeParam ?? 'scope']: asked }),
      state,
      ...(pkce && { code_challenge: secrets.challenge, code_challenge_method: 'S256' }),
      ...(idToken && idToken.nonce !== false && { nonce: secrets.nonce }),
      ...fillAll(authorize.params, values),
    };
    const url = new URL(values.authorizeUrl || fill(authorize.url, values));
    for (const [key, value] of Object.entries(standard)) if (!authorize.omit?.includes(key as never)) url.searchParams.set(key, value);
    return url.href;
  }

  /** @param iss who says he sends the code, where the provider says it (RFC 9207) @throws ProviderFault */
  async exchange(name: string, registration: OAuthRegistration, code: string, redirectUri: string, verifier: string, iss?: string): Promise<Grant> {
    const registered = await this.registered(name, registration);
    const { card, values } = registered;
    const issuer = card.idToken && (values.issuer || fill(card.idToken.issuer, { ...values, tenantid: '{tenantid}' }));
    // A code that another provider issued must not be carried to this one (mix-up, RFC 9700 section 4.4).
    if (iss && issuer && !issuer.includes('{') && iss !== issuer) throw new ProviderFault('callback', 'user_oauth2_bad_request', 'the code comes from another issuer');
    const parameters = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, ...(card.pkce && { code_verifier: verifier }) };
    return this.grant('token', registered, card.token, parameters);
  }

  /** @returns null when the provider refreshes none @throws ProviderFault */
  async refresh(name: string, registration: OAuthRegistration, refreshToken: string): Promise<Grant | null> {
    const registered = await this.registered(name, registration);
    const { card } = registered;
    if (card.refresh === false) return null;
    const grant = await this.grant('refresh', registered, { ...card.token, ...card.refresh }, { grant_type: 'refresh_token', refresh_token: refreshToken });
    return { ...grant, refreshToken: grant.refreshToken || refreshToken };
  }

  /** @param callback what came with the code @throws ProviderFault */
  async profile(name: string, registration: OAuthRegistration, grant: Grant, nonce: string, callback: Readonly<Record<string, string>>): Promise<Profile> {
    const registered = await this.registered(name, registration);
    const { card } = registered;
    const claims = await this.claims(registered, grant, nonce);
    const { user, more } = await this.person(registered, grant);
    // The two must be about one person (OpenID Connect Core 1.0, section 5.3.2).
    const [told, signed] = [text(user, 'sub'), text(claims, 'sub')];
    if (told && signed && told !== signed) throw new ProviderFault('user', 'user_oauth2_provider_error', 'the user call is about somebody else than the ID token');
    return card.profile({ token: grant.answer, claims, user, more, callback });
  }

  private async grant(step: 'token' | 'refresh', registered: Registered, call: TokenCall, parameters: Record<string, string>): Promise<Grant> {
    const whole = await this.authenticated(step, registered, call, parameters);
    const answer = call.within ? at(whole, call.within) : whole;
    const accessToken = text(answer, 'access_token');
    if (!accessToken) throw new ProviderFault(step, 'user_oauth2_provider_error', 'the answer holds no access token');
    const seconds = Number(text(answer, 'expires_in'));
    return {
      accessToken,
      refreshToken: text(answer, 'refresh_token'),
      expiresAt: seconds > 0 && seconds < 1e10 ? this.clock.in(seconds) : null,
      idToken: text(whole, 'id_token'),
      answer,
    };
  }

  /** A refusal of the client leaves the code unspent, so the next way may be tried. */
  private async authenticated(step: 'token' | 'refresh', { card, values, hosts, credentials: [first, ...others] }: Registered, call: TokenCall, parameters: Record<string, string>): Promise<Answer> {
    const clientSecret = card.clientSecret?.(values, Math.floor(this.clock.now().getTime() / 1_000)) ?? values.clientSecret ?? '';
    const ask = (credentials: TokenCall['credentials']) => this.outbound.ask(step, tokenRequest({ ...call, credentials }, { ...values, clientSecret }, parameters), hosts, call.answer === 'form');
    try {
      return await ask(first);
    } catch (error) {
      const [second] = others;
      if (!second || !(error instanceof ProviderFault) || !/invalid_client/.test(error.said)) throw error;
      return ask(second);
    }
  }

  private async claims({ card: { idToken: rule }, values, hosts }: Registered, { idToken }: Grant, nonce: string): Promise<Answer> {
    if (!rule) return undefined;
    if (!idToken) {
      if (rule.required) throw new ProviderFault('id-token', 'user_oauth2_provider_error', 'the answer holds no ID token');
      return undefined;
    }
    const issuer = values.issuer || fill(rule.issuer, { ...values, tenantid: '{tenantid}' });
    const jwks = values.jwksUrl || fill(rule.jwks, values);
    return this.idTokens.verify(idToken, { issuer, jwks, clientId: values.clientId, nonce: rule.nonce === false ? undefined : nonce, hosts });
  }

  private async person({ card: { user }, values, hosts }: Registered, { accessToken, answer }: Grant): Promise<{ user: Answer; more: Record<string, Answer> }> {
    if (!user) return { user: undefined, more: {} };
    const ask = (url: string) => this.outbound.ask('user', userRequest(url), hosts);
    const userRequest = (address: string): Outgoing => {
      const url = new URL(address);
      for (const [key, value] of Object.entries(fillAll(user.params, values))) url.searchParams.set(key, value);
      const { token = 'bearer' } = user;
      if (typeof token === 'object' && 'query' in token) url.searchParams.set(token.query, accessToken);
      const scheme = token === 'bearer' ? 'Bearer' : 'scheme' in token ? token.scheme : undefined;
      return { method: user.method ?? 'GET', url: url.href, headers: { ...(scheme && { Authorization: `${scheme} ${accessToken}` }), ...fillAll(user.headers, values) } };
    };
    const named = { ...values, ...(user.uid && { uid: encodeURIComponent(user.uid(answer)) }) };
    const more: Record<string, Answer> = {};
    const first = await ask(fill(values.userUrl || user.url, named));
    for (const [key, url] of Object.entries(user.more ?? {})) {
      // In place of the provider's own, a follow-up call stands below the first and keeps its last segment.
      const replaced = values.userUrl && `${values.userUrl}/${new URL(url).pathname.split('/').pop()}`;
      more[key] = await ask(replaced || fill(url, named));
    }
    return { user: first, more };
  }

  /** The card, and what fills it: the operator's values, and what the provider says of itself. */
  private async registered(name: string, registration: OAuthRegistration): Promise<Registered> {
    const card = cardOf(name, registration)!;
    const { values } = registration;
    const hosts = hostsOf(values);
    if (card.authorize.url !== '{authorizationEndpoint}') return { name, card, values, hosts, credentials: [card.token.credentials ?? 'params'] };

    const document = values.wellKnownEndpoint ? await this.discovery.at(values.wellKnownEndpoint, hosts) : undefined;
    const filled: Record<string, string> = {
      ...values,
      authorizationEndpoint: values.authorizationEndpoint || (document?.authorization_endpoint ?? ''),
      tokenEndpoint: values.tokenEndpoint || (document?.token_endpoint ?? ''),
      userinfoEndpoint: values.userinfoEndpoint || (document?.userinfo_endpoint ?? ''),
      issuer: values.issuer || (document?.issuer ?? ''),
      jwksUrl: values.jwksUrl || (document?.jwks_uri ?? ''),
    };
    const missing = (['authorization', 'token'] as const).find((each) => !filled[`${each}Endpoint`] && !(each === 'token' ? values.tokenUrl : values.authorizeUrl));
    if (missing) throw new ProviderFault('discovery', 'user_oauth2_provider_error', `the discovery document names no ${missing} endpoint`);
    return {
      name,
      card: {
        ...card,
        idToken: filled.issuer && filled.jwksUrl ? card.idToken : undefined,
        user: filled.userinfoEndpoint || filled.userUrl ? card.user : undefined,
      },
      values: filled,
      hosts,
      credentials: waysToAuthenticate(document?.token_endpoint_auth_methods_supported, document !== undefined),
    };
  }
}
