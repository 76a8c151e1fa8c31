import { text } from '../answer';
import { card } from '../provider';

export const spotify = card({
  name: 'Spotify',
  source: [
    'https://developer.spotify.com/documentation/web-api/tutorials/code-flow',
    'https://developer.spotify.com/documentation/web-api/reference/get-current-users-profile',
    'https://developer.spotify.com/documentation/web-api/tutorials/february-2026-migration-guide',
  ],
  note: 'Spotify says itself that the address is unverified, and gives none to apps in development mode.',
  scopes: ['user-read-email'],
  pkce: true,
  authorize: { url: 'https://accounts.spotify.com/authorize' },
  token: { url: 'https://accounts.spotify.com/api/token', credentials: 'basic' },
  user: { url: 'https://api.spotify.com/v1/me' },
  profile: ({ user }) => ({
    uid: text(user, 'id'),
    email: text(user, 'email'),
    emailVerified: false,
    name: text(user, 'display_name'),
  }),
});
