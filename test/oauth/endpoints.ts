import type { ServerResponse } from 'node:http';
import { formFields, sendFormPost, sendJson, sendTokens } from './answer';
import { type Arrival, parameters } from './arrival';
import { checkAuthorize } from './authorize-check';
import { checkClient } from './client-check';
import { discovery } from './discovery';
import type { Expectation } from './expectation';
import type { Grant, Grants } from './grants';
import { idToken } from './id-token';
import { jwks } from './keys';
import { distort, isForgery, type Misbehaviour } from './misbehaviour';
import { newPerson, type Person } from './person';
import { allow, demand, Refused } from './refused';
import { tokenOfUserCall } from './user-check';

/** What a test has set up: who sits there, who says no, what goes wrong. */
export interface Stage {
  readonly url: string;
  readonly people: ReadonlyMap<string, Person>;
  readonly denials: ReadonlyMap<string, string>;
  /** Key: provider and step, with a blank between. */
  readonly misbehaviours: ReadonlyMap<string, Misbehaviour>;
}

/** The pages and calls of every provider. Each throws {@link Refused} at a request that its provider would turn down. */
export class Endpoints {
  private readonly knownToApple = new Set<string>();

  constructor(
    private readonly stage: Stage,
    private readonly grants: Grants,
  ) {}

  answer(arrival: Arrival, expectation: Expectation, response: ServerResponse): void {
    switch (arrival.step.split('/')[0]) {
      case 'authorize':
        return this.authorize(arrival, expectation, response);
      case 'token':
        return this.exchange(arrival, expectation, response);
      case 'refresh':
        return this.refresh(arrival, expectation, response);
      case 'user':
        return this.user(arrival, expectation, response);
      case 'jwks':
        return sendJson(response, 200, jwks());
      case 'discovery':
        return sendJson(response, 200, discovery(`${this.stage.url}/${arrival.provider}`));
      default:
        throw new Refused(`there is nothing at ${arrival.path}`);
    }
  }

  private authorize({ provider, method, query }: Arrival, expectation: Expectation, response: ServerResponse): void {
    if (method !== 'GET') throw new Refused(`method is ${method}, expected GET`);
    checkAuthorize(expectation, query);
    const denial = this.stage.denials.get(provider);
    const person = this.stage.people.get(provider) ?? newPerson();
    const back = query.get('redirect_uri') ?? 'http://127.0.0.1/registered';
    const callback = {
      ...(denial ? { error: denial, error_description: 'The person said no' } : { code: this.grants.newCode({ provider, person, authorize: query }) }),
      state: query.get('state')!,
    };
    if (expectation.authorize.formPost) {
      const first = !denial && !this.knownToApple.has(person.id);
      if (first) this.knownToApple.add(person.id);
      return sendFormPost(response, back, formFields(callback, person, first));
    }
    const url = new URL(back);
    for (const [name, value] of Object.entries(callback)) url.searchParams.set(name, value);
    response.writeHead(302, { location: url.href }).end();
  }

  private exchange(arrival: Arrival, expectation: Expectation, response: ServerResponse): void {
    const { token: rules, registration } = expectation;
    const methods = rules.methods ?? ['POST'];
    if (!methods.includes(arrival.method)) throw new Refused(`method is ${arrival.method}, expected ${methods.join(' or ')}`);
    demand('header', rules.headers ?? {}, (name) => arrival.headers[name]?.toString());
    const params = parameters(arrival, rules.body ?? 'form');
    checkClient(rules.auth, registration, arrival, params);
    demand('parameter', rules.params, (name) => params.get(name), 'unsupported_grant_type');
    allow('parameter', rules.optional ?? {}, (name) => params.get(name));
    const grant = this.grants.spendCode(arrival.provider, expectation, params);
    const given = expectation.refresh && (expectation.refresh.given?.(grant.authorize) ?? true);
    this.sendTokens(arrival, expectation, response, grant, given ? this.grants.newRefreshToken(grant) : undefined);
  }

  private refresh(arrival: Arrival, expectation: Expectation, response: ServerResponse): void {
    const { refresh: rules, token, registration } = expectation;
    const params = parameters(arrival, rules?.body ?? 'form');
    if (rules) {
      if (!(token.methods ?? ['POST']).includes(arrival.method)) throw new Refused(`method is ${arrival.method}, expected POST`);
      demand('header', rules.headers ?? {}, (name) => arrival.headers[name]?.toString());
      checkClient(rules.auth, registration, arrival, params);
      demand('parameter', rules.params, (name) => params.get(name), 'unsupported_grant_type');
    }
    const grant = this.grants.spendRefreshToken(arrival.provider, expectation, params);
    const next = rules!.rotation === 'kept' ? undefined : this.grants.newRefreshToken(grant);
    this.sendTokens(arrival, expectation, response, grant, next);
  }

  private sendTokens(arrival: Arrival, expectation: Expectation, response: ServerResponse, grant: Grant, refreshToken?: string): void {
    const { registration, token, refresh } = expectation;
    const refreshed = arrival.step === 'refresh';
    const answerOf = (refreshed && refresh?.answer) || token.answer;
    const { clientId } = registration;
    const scope = grant.authorize.get('scope') ?? '';
    const secrets = { accessToken: this.grants.newAccessToken(expectation, grant), refreshToken, idToken: this.idTokenFor(expectation, grant, refreshed) };
    const answer = answerOf({ ...secrets, person: grant.person, clientId, scope });
    sendTokens(response, token.format, arrival.headers.accept, this.distorted(arrival.provider, arrival.step, answer, grant.person));
  }

  private idTokenFor(expectation: Expectation, { provider, person, authorize }: Grant, refreshed: boolean): string | undefined {
    const { idToken: rules, registration } = expectation;
    if (!rules || (rules.scope !== null && !(authorize.get('scope') ?? '').split(/[ ,]/).includes(rules.scope))) return undefined;
    const kind = this.kindOf(provider, 'idToken');
    const nonce = rules.echoesNonce && !refreshed ? (authorize.get('nonce') ?? undefined) : undefined;
    const token = { person, iss: `${this.stage.url}/${provider}`, aud: registration.clientId, nonce };
    return idToken(rules, token, isForgery(kind) ? kind : undefined, (all) => this.distorted(provider, 'idToken', all, person));
  }

  private user(arrival: Arrival, expectation: Expectation, response: ServerResponse): void {
    const segment = decodeURIComponent(arrival.step.slice('user/'.length));
    const calls = expectation.user;
    const call = calls.find((one) => one.segment === segment) ?? (segment ? calls.find((one) => one.segment === ':uid') : undefined);
    if (!call) throw new Refused(`there is no call ${arrival.path}`);
    const token = tokenOfUserCall(call, expectation.registration, arrival);
    const platform = call.secretAsToken && token === expectation.registration.clientSecret;
    const { person, authorize } = platform ? this.lastGrant(arrival.provider) : this.grants.ofAccessToken(arrival.provider, token);
    const { uid } = expectation.outcome(person);
    if (call.segment === ':uid' && segment !== uid) throw new Refused(`asks for ${segment}, the token is of ${uid}`, 'insufficient_scope');
    const asked = { query: arrival.query, clientId: expectation.registration.clientId, scope: authorize.get('scope') ?? '' };
    sendJson(response, 200, this.distorted(arrival.provider, arrival.step, call.answer(person, asked), person));
  }

  /** A platform's secret opens every account; here there is one at a time. */
  private lastGrant(provider: string): Grant {
    return { provider, person: this.stage.people.get(provider) ?? newPerson(), authorize: new URLSearchParams() };
  }

  kindOf(provider: string, step: string): Misbehaviour | undefined {
    return this.stage.misbehaviours.get(`${provider} ${step}`);
  }

  private distorted<T extends object>(provider: string, step: string, answer: T, person: Person): T {
    const everywhere = this.kindOf(provider, 'user');
    const own = this.kindOf(provider, step);
    const kind = everywhere === 'no-id' || everywhere === 'no-email' ? everywhere : own;
    return kind === 'wrong-type' || kind === 'no-id' || kind === 'no-email' ? (distort(kind, answer, person.id) as T) : answer;
  }
}
