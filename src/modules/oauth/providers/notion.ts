import { at, text } from '../answer';
import { card } from '../provider';

/** Asked for by every call; none since 2021-08-16 changed users. */
const VERSION = { 'Notion-Version': '2026-03-11' };

export const notion = card({
  name: 'Notion',
  source: ['https://developers.notion.com/guides/get-started/authorization', 'https://developers.notion.com/reference/get-self', 'https://developers.notion.com/reference/versioning'],
  note: 'The token is a bot’s; the person is its owner. The address needs the capability to read user information, and nothing says that it was verified.',
  scopes: [],
  authorize: { url: 'https://api.notion.com/v1/oauth/authorize', params: { owner: 'user' }, omit: ['scope'] },
  token: { url: 'https://api.notion.com/v1/oauth/token', send: 'json', credentials: 'basic', headers: VERSION },
  user: { url: 'https://api.notion.com/v1/users/me', headers: VERSION },
  profile: ({ user }) => {
    const owner = at(user, 'bot', 'owner', 'user');
    return { uid: text(owner, 'id'), email: text(owner, 'person', 'email'), emailVerified: false, name: text(owner, 'name') };
  },
});
