import type { Expectation } from '../expectation';
import { familyName, givenName, type Person } from '../person';
import { BEARER, client, EXCHANGE, REFRESH, scopes, tokens, vouched } from './usual';

// https://developer.paypal.com/log-in/build-button (signin/authorize, flowEntry, no response_type; /connect is its older name)
// https://developer.paypal.com/log-in/build (Basic at api-m)
// https://developer.paypal.com/log-in/references: payer ID and account verification come with the scope paypalattributes

const ATTRIBUTES = 'https://uri.paypal.com/services/paypalattributes';

const payer = ({ id }: Person): string => `WDJJH${id}`;

function profile(person: Person, scope: string) {
  const userId = `https://www.paypal.com/webapps/auth/identity/user/mWq6_1sU85v5EG9yHdPxJRrhGHrnMJ-${person.id}`;
  return {
    user_id: userId,
    sub: userId,
    name: person.name,
    given_name: givenName(person),
    family_name: familyName(person),
    // "verified_account" is a text: "false" must not pass for true.
    ...(scope.includes(ATTRIBUTES) && { payer_id: payer(person), verified_account: String(person.emailVerified) }),
    address: { street_address: '1 Main St', locality: 'San Jose', region: 'CA', postal_code: '95131', country: 'US' },
    emails: [
      { value: `old.${person.email}`, primary: false, confirmed: true },
      { value: person.email, primary: true, confirmed: person.emailVerified },
    ],
  };
}

function paypalAt(www: string, api: string, key: string): Expectation {
  return {
    urls: {
      authorize: [new RegExp(`^https://${www}/(signin/authorize|connect/?)$`)],
      token: [new RegExp(`^https://${api}/v1/oauth2/token$`)],
      user: { '': [new RegExp(`^https://${api}/v1/identity/oauth2/userinfo(\\?schema=paypalv1\\.1)?$`)] },
    },
    registration: client(key),
    authorize: {
      params: { flowEntry: 'static' },
      optional: { response_type: 'code' },
      // The account's id is the payer ID, so its scope must be there.
      scopes: scopes('openid', 'profile', 'email', ATTRIBUTES),
      pkce: 'ignored',
    },
    token: {
      auth: ['basic'],
      params: EXCHANGE,
      redirectUri: 'optional', // the guide sends grant_type and code alone
      answer: (issued) => ({ ...tokens(issued, 28_800), nonce: '2020-04-03T15:35:36ZaYZlGvEkV4yVSz8g6bAKFoGSEzuy3CQcz3ljhibkOHg' }),
    },
    refresh: { auth: ['basic'], params: REFRESH, rotation: 'kept' },
    user: [
      { segment: '', token: [BEARER], query: { schema: 'paypalv1.1' }, answer: (person, { scope }) => profile(person, scope) },
    ],
    error: { user: (reason) => ({ status: 401, body: { name: 'AUTHENTICATION_FAILURE', debug_id: 'b3b7b8e6', message: reason, details: [] } }) },
    outcome: (person) => ({ ...vouched(person), uid: payer(person) }),
  };
}

export const paypal = paypalAt('www\\.paypal\\.com', 'api(-m)?\\.paypal\\.com', 'paypal');
export const paypalSandbox = paypalAt('www\\.sandbox\\.paypal\\.com', 'api(-m)?\\.sandbox\\.paypal\\.com', 'paypalSandbox');
