import { flag, list, text } from '../answer';
import { type Answers, card } from '../provider';

export const github = card({
  name: 'GitHub',
  source: [
    'https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps',
    'https://docs.github.com/en/rest/users/emails',
  ],
  note: 'Errors of the token endpoint come with status 200. Tokens of OAuth apps do not expire: there is nothing to refresh unless the app asks for expiring ones.',
  scopes: ['read:user', 'user:email'],
  vouches: true,
  pkce: true,
  authorize: { url: 'https://github.com/login/oauth/authorize' },
  token: { url: 'https://github.com/login/oauth/access_token', headers: { Accept: 'application/json' } },
  user: {
    url: 'https://api.github.com/user',
    headers: { Accept: 'application/vnd.github+json', 'X-GitHub-Api-Version': '2022-11-28' },
    more: { emails: 'https://api.github.com/user/emails' },
  },
  profile: ({ user, more }: Answers) => {
    const address = chosen(list(more.emails));
    return {
      uid: text(user, 'id'),
      email: text(address, 'email') || text(user, 'email'),
      emailVerified: flag(address, 'verified'),
      name: text(user, 'name') || text(user, 'login'),
    };
  },
});

/** The primary address; else a verified one. The public address of the profile says nothing about who owns it. */
function chosen(emails: readonly unknown[]): unknown {
  const verified = emails.filter((each) => flag(each, 'verified'));
  return verified.find((each) => flag(each, 'primary')) ?? verified[0] ?? emails.find((each) => flag(each, 'primary'));
}
