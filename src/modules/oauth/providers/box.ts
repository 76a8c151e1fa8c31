import { text } from '../answer';
import { card } from '../provider';

export const box = card({
  name: 'Box',
  source: [
    'https://developer.box.com/reference/get-authorize/',
    'https://developer.box.com/reference/post-oauth2-token/',
    'https://developer.box.com/reference/get-users-me/',
  ],
  note: 'Without a scope Box grants those chosen in its console, which always works; manage_app_users, asked for by older services, is refused to most apps. The login is the address; nothing says that it was verified.',
  scopes: [],
  authorize: { url: 'https://account.box.com/api/oauth2/authorize' },
  token: { url: 'https://api.box.com/oauth2/token' },
  user: { url: 'https://api.box.com/2.0/users/me' },
  profile: ({ user }) => ({ uid: text(user, 'id'), email: text(user, 'login'), emailVerified: false, name: text(user, 'name') }),
});
