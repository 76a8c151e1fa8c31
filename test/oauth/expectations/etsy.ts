import type { Expectation, Registration, Rules } from '../expectation';
import { familyName, givenName, type Person } from '../person';
import { BEARER, client, CODE, EXCHANGE, REFRESH, scopes, tokens, unvouched } from './usual';

// https://developers.etsy.com/documentation/essentials/authentication/
// https://developers.etsy.com/documentation/reference/#operation/getMe, #operation/getUser
// x-api-key: the reference asks for keystring and secret with a colon between, and the API answers 403 to the keystring
// alone; the guide's older examples no longer work.

const headers = ({ clientId, clientSecret }: Registration): Rules => ({ 'x-api-key': `${clientId}:${clientSecret}` });

const host = 'https://(api|openapi)\\.etsy\\.com/v3'; // "the two hostnames are equivalent"

const profile = (person: Person) => ({
  user_id: Number(person.id),
  primary_email: person.email,
  first_name: givenName(person),
  last_name: familyName(person),
  image_url_75x75: null,
});

export const etsy: Expectation = {
  urls: {
    authorize: ['https://www.etsy.com/oauth/connect'],
    token: [new RegExp(`^${host}/public/oauth/token$`)],
    user: {
      '': [new RegExp(`^${host}/application/users(/me|/[^/]+)?$`)],
      ':uid': [new RegExp(`^${host}/application/users/.+$`)],
    },
  },
  registration: client('etsy'),
  authorize: { params: CODE, scopes: scopes('email_r'), pkce: 'required' },
  token: {
    auth: ['none'], // a public client by design: the verifier proves it
    params: { ...EXCHANGE, code_verifier: /.+/ },
    redirectUri: 'same',
    accessToken: ({ id }, secret) => `${id}.${secret}`,
    answer: ({ accessToken, refreshToken }) => ({ access_token: accessToken, token_type: 'Bearer', expires_in: 3600, refresh_token: refreshToken }),
  },
  refresh: { auth: ['none'], params: REFRESH, rotation: 'new', answer: (issued) => tokens(issued) },
  user: [
    { segment: 'me', token: [BEARER], headers, answer: ({ id }) => ({ user_id: Number(id), shop_id: 31_337 }) },
    // The address of a person ends in the id. Turned elsewhere by an operator it may come without, so both do.
    ...['', ':uid'].map((segment) => ({ segment, token: [BEARER], headers, answer: profile })),
  ],
  error: { user: (reason) => ({ status: 403, body: { error: reason } }) },
  outcome: unvouched,
};
