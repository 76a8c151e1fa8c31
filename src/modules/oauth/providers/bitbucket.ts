import { flag, list, text } from '../answer';
import { card } from '../provider';

export const bitbucket = card({
  name: 'Bitbucket',
  source: ['https://developer.atlassian.com/cloud/bitbucket/oauth-2/', 'https://developer.atlassian.com/cloud/bitbucket/rest/api-group-users/'],
  note: 'Scopes are chosen on the consumer (it needs account and email); a request cannot name any. The secret and the token travel in headers.',
  scopes: [],
  vouches: true,
  authorize: { url: 'https://bitbucket.org/site/oauth2/authorize', omit: ['scope'] },
  token: { url: 'https://bitbucket.org/site/oauth2/access_token', credentials: 'basic' },
  user: { url: 'https://api.bitbucket.org/2.0/user', more: { emails: 'https://api.bitbucket.org/2.0/user/emails' } },
  profile: ({ user, more }) => {
    const address = chosen(list(more.emails, 'values'));
    return {
      uid: text(user, 'uuid'),
      email: text(address, 'email'),
      emailVerified: flag(address, 'is_confirmed'),
      name: text(user, 'display_name'),
    };
  },
});

/** The primary address, if confirmed; else a confirmed one. */
function chosen(emails: readonly unknown[]): unknown {
  const confirmed = emails.filter((each) => flag(each, 'is_confirmed'));
  return confirmed.find((each) => flag(each, 'is_primary')) ?? confirmed[0] ?? emails.find((each) => flag(each, 'is_primary'));
}
