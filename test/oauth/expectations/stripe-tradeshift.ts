import type { Expectation } from '../expectation';
import { familyName, givenName, type Person } from '../person';
import { BEARER, client, CODE, EXCHANGE, REFRESH, scopes, tokens, unvouched } from './usual';

const account = ({ id }: Person): string => `acct_1${id}`;

const stripeAccount = (person: Person) => ({
  id: account(person),
  object: 'account',
  business_profile: { mcc: null, name: person.name, support_email: null, url: null },
  business_type: 'individual',
  charges_enabled: true,
  country: 'GB',
  created: 1_695_830_751,
  default_currency: 'gbp',
  details_submitted: true,
  email: person.email,
  metadata: {},
  payouts_enabled: true,
  settings: { dashboard: { display_name: person.name, timezone: 'Etc/UTC' } },
  type: 'standard',
});

// https://docs.stripe.com/connect/oauth-reference (the platform's secret key as client_secret or in the header)
// https://docs.stripe.com/api/accounts/retrieve: /v1/accounts/{id}; /v1/account is the token's own
export const stripe: Expectation = {
  urls: {
    authorize: ['https://connect.stripe.com/oauth/authorize'],
    token: ['https://connect.stripe.com/oauth/token'],
    user: {
      '': [/^https:\/\/api\.stripe\.com\/v1\/accounts?$/],
      ':uid': [/^https:\/\/api\.stripe\.com\/v1\/accounts\/.+$/],
    },
  },
  registration: { clientId: 'ca_32D88BD1qLklliziD7gYQvctJIhWBSQ7', clientSecret: 'sk_test_51a1B2c3D4' },
  authorize: { params: CODE, redirectUriOptional: true, scopes: scopes(/^read_(write|only)$/), pkce: 'ignored' },
  token: {
    auth: ['params', 'basicSecret', 'bearer'],
    params: EXCHANGE,
    redirectUri: 'optional',
    answer: ({ accessToken, refreshToken, person, scope }) => ({
      access_token: accessToken,
      livemode: false,
      refresh_token: refreshToken,
      token_type: 'bearer',
      stripe_publishable_key: 'pk_test_51a1B2c3D4',
      stripe_user_id: account(person),
      scope,
    }),
  },
  refresh: { auth: ['params', 'basicSecret', 'bearer'], params: REFRESH, rotation: 'new' },
  user: ['', ':uid'].map((segment) => ({ segment, token: [BEARER], secretAsToken: true, answer: stripeAccount })),
  error: { user: (reason) => ({ status: 401, body: { error: { message: reason, type: 'invalid_request_error' } } }) },
  outcome: (person) => ({ ...unvouched(person), uid: account(person) }),
};

const uuid = ({ id }: Person): string => `64b0a8a1-0000-4000-8000-000${id}`;

// https://developers.tradeshift.com/docs/api is no longer to be had; this is what its clients do.
function tradeshiftAt(host: string, key: string): Expectation {
  return {
    urls: {
      authorize: [`https://${host}/tradeshift/auth/login`],
      token: [`https://${host}/tradeshift/auth/token`],
      user: { '': [`https://${host}/tradeshift/rest/external/account/info/user`] },
    },
    registration: client(key),
    authorize: { params: CODE, scopes: scopes('openid', 'offline'), pkce: 'ignored' },
    token: { auth: ['basic'], params: EXCHANGE, redirectUri: 'optional', answer: (issued) => tokens(issued) },
    refresh: { auth: ['basic'], params: REFRESH, rotation: 'kept' },
    user: [
      {
        segment: '',
        token: [BEARER],
        answer: (person) => ({
          Id: uuid(person),
          CompanyAccountId: '0a1b2c3d-0000-4000-8000-000000000001',
          Username: person.email,
          Language: 'en',
          TimeZone: 'Europe/London',
          Created: '2015-01-12T10:00:00.000Z',
          State: 'ACTIVE',
          FirstName: givenName(person),
          LastName: familyName(person),
          Visible: true,
        }),
      },
    ],
    outcome: (person) => ({ ...unvouched(person), uid: uuid(person) }),
  };
}

export const tradeshift = tradeshiftAt('api.tradeshift.com', 'tradeshift');
export const tradeshiftBox = tradeshiftAt('api-sandbox.tradeshift.com', 'tradeshiftBox');
