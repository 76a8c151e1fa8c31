import { text } from '../answer';
import { card } from '../provider';

export const figma = card({
  name: 'Figma',
  source: ['https://developers.figma.com/docs/rest-api/oauth-apps/', 'https://developers.figma.com/docs/rest-api/users-endpoints/'],
  note: 'Codes live 30 seconds. Tokens are refreshed at an address of their own. Nothing says that the address was verified.',
  scopes: ['current_user:read'],
  pkce: true,
  authorize: { url: 'https://www.figma.com/oauth' },
  token: { url: 'https://api.figma.com/v1/oauth/token', credentials: 'basic' },
  refresh: { url: 'https://api.figma.com/v1/oauth/refresh' },
  user: { url: 'https://api.figma.com/v1/me' },
  profile: ({ user }) => ({ uid: text(user, 'id'), email: text(user, 'email'), emailVerified: false, name: text(user, 'handle') }),
});
