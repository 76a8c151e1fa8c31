import { flag, text } from '../answer';
import { card } from '../provider';

export const zoom = card({
  name: 'Zoom',
  source: ['https://developers.zoom.us/docs/integrations/oauth/', 'https://developers.zoom.us/docs/api/users/'],
  note: 'Scopes are chosen where the app is registered (user:read:user, or user_info:read in older apps); scopes in the URL that the app does not have are refused, so none are sent. `verified` is 1 or 0, and is about the address.',
  scopes: [],
  vouches: true,
  pkce: true,
  authorize: { url: 'https://zoom.us/oauth/authorize', omit: ['scope'] },
  token: { url: 'https://zoom.us/oauth/token', credentials: 'basic' },
  user: { url: 'https://api.zoom.us/v2/users/me' },
  profile: ({ user }) => ({
    uid: text(user, 'id'),
    email: text(user, 'email'),
    emailVerified: flag(user, 'verified'),
    name: [text(user, 'first_name'), text(user, 'last_name')].filter(Boolean).join(' ') || text(user, 'display_name'),
  }),
});
