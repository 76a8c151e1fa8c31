import type { AuthorizeRules, Expectation } from './expectation';
import { allow, demand, matches, Refused } from './refused';

/** Throws what a provider would complain about when the browser arrives. */
export function checkAuthorize({ authorize: rules, registration }: Expectation, query: URLSearchParams): void {
  const twice = [...new Set(query.keys())].find((name) => query.getAll(name).length > 1);
  if (twice) throw new Refused(`parameter ${twice} comes twice`);
  const value = (name: string) => query.get(name);
  demand('parameter', { client_id: registration.clientId }, value, 'unauthorized_client');
  if (!(rules.redirectUriOptional && value('redirect_uri') === null)) checkRedirectUri(value('redirect_uri'));
  // No provider insists on a state, but our callback cannot do without.
  demand('parameter', { state: /^.{1,2000}$/s, ...rules.params }, value);
  allow('parameter', rules.optional ?? {}, value);
  for (const name of rules.forbidden ?? []) if (query.has(name)) throw new Refused(`parameter ${name} has no place here`);
  if (query.has('client_secret')) throw new Refused('the client secret went through the browser');
  checkScopes(rules, value('scope') ?? '');
  checkChallenge(rules, query);
}

function checkRedirectUri(uri: string | null): void {
  if (!uri) throw new Refused('parameter redirect_uri is missing', 'redirect_uri_mismatch');
  if (!URL.canParse(uri) || !/^https?:/.test(uri) || uri.includes('#')) throw new Refused(`redirect_uri "${uri}" is not a web address`, 'redirect_uri_mismatch');
}

function checkScopes({ scopes }: AuthorizeRules, scope: string): void {
  if (!scopes) return;
  const given = scope.split(scopes.separator).filter((name) => name !== '');
  for (const wanted of scopes.required) {
    if (!given.some((name) => matches(wanted, name))) throw new Refused(`scope "${scope}" lacks ${String(wanted)}`, 'invalid_scope');
  }
}

function checkChallenge({ pkce }: AuthorizeRules, query: URLSearchParams): void {
  const challenge = query.get('code_challenge');
  if (challenge === null) {
    if (pkce === 'required') throw new Refused('parameter code_challenge is missing');
    return;
  }
  if (query.get('code_challenge_method') !== 'S256') throw new Refused('code_challenge_method is not S256');
  if (!/^[A-Za-z0-9_-]{43}$/.test(challenge)) throw new Refused('code_challenge is not the base64url of a SHA-256');
}
