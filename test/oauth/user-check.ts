import { type Arrival, authorization } from './arrival';
import type { Registration, Rules, TokenPlace, UserCall } from './expectation';
import { allow, demand, Refused } from './refused';

/** Throws unless a user call is made as the provider wants it; returns the token it shows. */
export function tokenOfUserCall(call: UserCall, registration: Registration, request: Arrival): string {
  if (request.method !== (call.method ?? 'GET')) throw new Refused(`method is ${request.method}, expected ${call.method ?? 'GET'}`);
  const rules = (of: UserCall['headers']): Rules => (typeof of === 'function' ? of(registration) : (of ?? {}));
  demand('header', rules(call.headers), (name) => request.headers[name]?.toString());
  demand('parameter', rules(call.query), (name) => request.query.get(name));
  if (call.body === 'none') {
    // https://www.dropbox.com/developers/documentation/http/documentation#formats
    allow('header', { 'content-type': /^(text\/plain|application\/json)(; ?charset=\S+)?$/ }, (name) => request.headers[name]?.toString());
    if (!['', 'null'].includes(request.body)) throw new Refused(`a body came: "${request.body}"`);
  }
  const places = call.token.map((place) => shown(place, request)).filter((token) => token !== undefined);
  if (places.length === 0) {
    throw new Refused(`no token where this provider looks for it (${call.token.map(told).join(' or ')}); Authorization was "${request.headers.authorization ?? ''}"`, 'invalid_token');
  }
  return places[0];
}

function shown(place: TokenPlace, request: Arrival): string | undefined {
  if ('query' in place) return request.query.get(place.query) ?? undefined;
  if ('header' in place) return request.headers[place.header]?.toString();
  const header = authorization(request);
  return header?.scheme === place.scheme.toLowerCase() ? header.value : undefined;
}

const told = (place: TokenPlace): string =>
  'query' in place ? `?${place.query}=` : 'header' in place ? `${place.header}:` : `Authorization: ${place.scheme}`;
