import { text } from '../answer';
import { card } from '../provider';

export const amazon = card({
  name: 'Amazon',
  source: [
    'https://developer.amazon.com/docs/login-with-amazon/authorization-code-grant.html',
    'https://developer.amazon.com/docs/login-with-amazon/obtain-customer-profile.html',
  ],
  note: 'The token travels in the header, no longer in the query. The profile does not say whether the address was verified.',
  scopes: ['profile'],
  pkce: true,
  authorize: { url: 'https://www.amazon.com/ap/oa' },
  token: { url: 'https://api.amazon.com/auth/o2/token' },
  user: { url: 'https://api.amazon.com/user/profile' },
  profile: ({ user }) => ({ uid: text(user, 'user_id'), email: text(user, 'email'), emailVerified: false, name: text(user, 'name') }),
});
