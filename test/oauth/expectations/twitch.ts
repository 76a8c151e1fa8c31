import type { ErrorShape, Expectation } from '../expectation';
import { oneOf } from '../expectation';
import { login } from '../person';
import { BEARER, client, CODE, EXCHANGE, REFRESH, scopes, unvouched } from './usual';

// https://dev.twitch.tv/docs/authentication/getting-tokens-oauth/
// https://dev.twitch.tv/docs/api/reference/#get-users

const error: ErrorShape = (reason, code) => ({
  status: code === 'invalid_token' ? 401 : code === 'invalid_client' ? 403 : 400,
  body: { error: 'Bad Request', status: 400, message: reason },
});

export const twitch: Expectation = {
  urls: {
    authorize: ['https://id.twitch.tv/oauth2/authorize'],
    token: ['https://id.twitch.tv/oauth2/token'],
    user: { '': ['https://api.twitch.tv/helix/users'] },
  },
  registration: client('twitch'),
  authorize: { params: CODE, optional: { force_verify: /^(true|false|1)$/ }, scopes: scopes('user:read:email'), pkce: 'ignored' },
  token: {
    auth: ['params'],
    params: EXCHANGE,
    redirectUri: 'same',
    // Twitch's scope is a list, not a text.
    answer: ({ accessToken, refreshToken, scope }) => ({
      access_token: accessToken,
      expires_in: 14_124,
      refresh_token: refreshToken,
      scope: scope.split(' '),
      token_type: 'bearer',
    }),
  },
  refresh: { auth: ['params'], params: REFRESH, rotation: 'new' },
  user: [
    {
      segment: '',
      token: [BEARER],
      headers: ({ clientId }) => ({ 'client-id': clientId }),
      answer: (person) => ({
        data: [
          {
            id: person.id,
            login: login(person),
            display_name: person.name,
            type: '',
            broadcaster_type: 'partner',
            description: 'Counts',
            profile_image_url: 'https://static-cdn.jtvnw.net/a.png',
            offline_image_url: '',
            view_count: 0,
            email: person.email,
            created_at: '2016-12-14T20:32:28Z',
          },
        ],
      }),
    },
  ],
  error: { token: error, user: error },
  // "The user's verified email address", says the reference; Appwrite does not believe it. Either is a fair reading.
  outcome: (person) => ({ ...unvouched(person), emailVerified: person.emailVerified ? oneOf(true, false) : false }),
};
