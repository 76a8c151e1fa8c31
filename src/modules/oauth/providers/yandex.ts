import { text } from '../answer';
import { card } from '../provider';

export const yandex = card({
  name: 'Yandex',
  source: ['https://yandex.com/dev/id/doc/en/codes/code-url', 'https://yandex.com/dev/id/doc/en/tokens/refresh-client', 'https://yandex.com/dev/id/doc/en/user-information'],
  note: 'The app must be registered with access to the login and the e-mail address. Yandex calls the token in the query insecure; the header’s scheme is OAuth. Nothing says that the address was verified.',
  scopes: ['login:info', 'login:email'],
  pkce: true,
  authorize: { url: 'https://oauth.yandex.com/authorize' },
  token: { url: 'https://oauth.yandex.com/token', credentials: 'basic' },
  user: { url: 'https://login.yandex.ru/info', token: { scheme: 'OAuth' }, params: { format: 'json' } },
  profile: ({ user }) => ({
    uid: text(user, 'id'),
    email: text(user, 'default_email'),
    emailVerified: false,
    name: text(user, 'display_name') || text(user, 'real_name'),
  }),
});
