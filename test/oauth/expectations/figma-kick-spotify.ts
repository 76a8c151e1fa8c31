import type { ErrorShape, Expectation } from '../expectation';
import { BEARER, client, CODE, EXCHANGE, REFRESH, scopes, tokens, unvouched } from './usual';

const plainError: ErrorShape = (reason, code) => ({ status: code === 'invalid_token' ? 403 : 400, body: { status: 400, err: reason, error: true, message: reason } });

// https://developers.figma.com/docs/rest-api/authentication/ (Basic; refreshing has an address of its own and keeps the token)
export const figma: Expectation = {
  urls: {
    authorize: ['https://www.figma.com/oauth'],
    token: ['https://api.figma.com/v1/oauth/token'],
    refresh: ['https://api.figma.com/v1/oauth/refresh'],
    user: { '': ['https://api.figma.com/v1/me'] },
  },
  registration: client('figma'),
  authorize: { params: CODE, scopes: { required: ['current_user:read'], separator: /[ ,]/ }, pkce: 'supported' },
  token: {
    auth: ['basic'],
    params: EXCHANGE,
    redirectUri: 'same',
    answer: (issued) => ({ user_id: Number(issued.person.id), user_id_string: issued.person.id, ...tokens(issued, 7_776_000), token_type: 'bearer' }),
  },
  refresh: {
    auth: ['basic'],
    params: {}, // the refresh address needs no grant_type
    rotation: 'kept',
    answer: ({ accessToken }) => ({ access_token: accessToken, token_type: 'bearer', expires_in: 7_776_000 }),
  },
  user: [
    {
      segment: '',
      token: [BEARER],
      answer: ({ id, name, email }) => ({ id, email, handle: name, img_url: 'https://s3-alpha.figma.com/profile/a.png' }),
    },
  ],
  error: { token: plainError, user: plainError },
  outcome: unvouched,
};

// https://docs.kick.com/getting-started/generating-tokens-oauth2-flow · https://api.kick.com/swagger/doc.yaml
export const kick: Expectation = {
  urls: {
    authorize: ['https://id.kick.com/oauth/authorize'],
    token: ['https://id.kick.com/oauth/token'],
    user: { '': ['https://api.kick.com/public/v1/users'] },
  },
  registration: client('kick'),
  authorize: { params: CODE, scopes: scopes('user:read'), pkce: 'required' },
  token: {
    auth: ['params'],
    params: { ...EXCHANGE, code_verifier: /.+/ },
    redirectUri: 'same',
    answer: (issued) => tokens(issued, 7200),
  },
  refresh: { auth: ['params'], params: REFRESH, rotation: 'new' },
  user: [
    {
      segment: '',
      token: [BEARER],
      answer: ({ id, name, email }) => ({ data: [{ user_id: Number(id), name, email, profile_picture: 'https://kick.com/img/a.webp' }], message: 'OK' }),
    },
  ],
  error: { user: (reason) => ({ status: 401, body: { data: {}, message: reason } }) },
  outcome: unvouched,
};

// https://developer.spotify.com/documentation/web-api/tutorials/code-flow
// https://developer.spotify.com/documentation/web-api/reference/get-current-users-profile ("this email address is unverified;
// there is no proof that it actually belongs to the user")
export const spotify: Expectation = {
  urls: {
    authorize: ['https://accounts.spotify.com/authorize'],
    token: ['https://accounts.spotify.com/api/token'],
    user: { '': ['https://api.spotify.com/v1/me'] },
  },
  registration: client('spotify'),
  authorize: { params: CODE, optional: { show_dialog: /^(true|false)$/ }, scopes: scopes('user-read-email'), pkce: 'supported' },
  token: { auth: ['basic'], params: EXCHANGE, redirectUri: 'same', answer: (issued) => tokens(issued) },
  refresh: { auth: ['basic'], params: REFRESH, rotation: 'kept' },
  user: [
    {
      segment: '',
      token: [BEARER],
      answer: ({ id, name, email }) => ({
        display_name: name,
        external_urls: { spotify: `https://open.spotify.com/user/${id}` },
        followers: { href: null, total: 0 },
        href: `https://api.spotify.com/v1/users/${id}`,
        id,
        images: [],
        type: 'user',
        uri: `spotify:user:${id}`,
        email,
      }),
    },
  ],
  error: { user: (reason) => ({ status: 401, body: { error: { status: 401, message: reason } } }) },
  outcome: unvouched,
};
