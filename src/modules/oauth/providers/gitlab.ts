import { text } from '../answer';
import { card } from '../provider';

export const gitlab = card({
  name: 'GitLab',
  source: ['https://docs.gitlab.com/api/oauth2/', 'https://docs.gitlab.com/api/users/'],
  note: 'Secrets and tokens travel in body and header, no longer in the query. A new address replaces the old one only when confirmed, so confirmed_at speaks of the address given.',
  settings: {
    endpoint: { description: 'Address of the GitLab server, without a slash at the end.', fallback: 'https://gitlab.com', pattern: 'https://[^\\s?#]*[^\\s?#/]' },
  },
  scopes: ['read_user'],
  vouches: true,
  pkce: true,
  authorize: { url: '{endpoint}/oauth/authorize' },
  token: { url: '{endpoint}/oauth/token' },
  user: { url: '{endpoint}/api/v4/user' },
  profile: ({ user }) => ({
    uid: text(user, 'id'),
    email: text(user, 'email'),
    emailVerified: text(user, 'confirmed_at') !== '',
    name: text(user, 'name') || text(user, 'username'),
  }),
});
