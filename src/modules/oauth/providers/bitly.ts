import { flag, list, text } from '../answer';
import { card } from '../provider';

export const bitly = card({
  name: 'Bitly',
  source: ['https://dev.bitly.com/docs/getting-started/authentication/', 'https://dev.bitly.com/api-reference/#getUser'],
  note: 'Older than OAuth 2.0’s final text: no response_type, no grant_type, no scopes. Tokens come as a form unless JSON is asked for, and do not expire.',
  scopes: [],
  vouches: true,
  authorize: { url: 'https://bitly.com/oauth/authorize', omit: ['response_type', 'scope'] },
  token: { url: 'https://api-ssl.bitly.com/oauth/access_token', omit: ['grant_type'], headers: { Accept: 'application/json' } },
  refresh: false,
  user: { url: 'https://api-ssl.bitly.com/v4/user' },
  profile: ({ user }) => {
    const address = chosen(list(user, 'emails'));
    return {
      uid: text(user, 'login'),
      email: text(address, 'email'),
      emailVerified: flag(address, 'is_verified'),
      name: text(user, 'name') || text(user, 'login'),
    };
  },
});

/** The primary address, if verified; else a verified one. */
function chosen(emails: readonly unknown[]): unknown {
  const verified = emails.filter((each) => flag(each, 'is_verified'));
  return verified.find((each) => flag(each, 'is_primary')) ?? verified[0] ?? emails.find((each) => flag(each, 'is_primary'));
}
