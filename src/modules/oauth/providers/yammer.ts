import { text } from '../answer';
import { card } from '../provider';

export const yammer = card({
  name: 'Yammer',
  source: [
    'https://learn.microsoft.com/en-us/rest/api/yammer/getting-started',
    'https://learn.microsoft.com/en-us/rest/api/yammer/app-registration',
    'https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-auth-code-flow',
  ],
  note: 'Since July 2025 Yammer’s own OAuth serves only apps that Microsoft approved: the app is registered in Microsoft Entra, with Yammer’s delegated permission access_as_user. The person’s id is still Yammer’s. Nothing says that the address was verified.',
  settings: { tenant: { description: 'Entra tenant: its ID or domain, or `organizations` for all.', fallback: 'organizations', pattern: '[A-Za-z0-9.-]+' } },
  scopes: ['https://www.yammer.com/access_as_user', 'offline_access'],
  pkce: true,
  authorize: { url: 'https://login.microsoftonline.com/{tenant}/oauth2/v2.0/authorize', params: { response_mode: 'query' } },
  token: { url: 'https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token' },
  user: { url: 'https://www.yammer.com/api/v1/users/current.json' },
  profile: ({ user }) => ({
    uid: text(user, 'id'),
    email: text(user, 'email'),
    emailVerified: false,
    name: text(user, 'full_name'),
  }),
});
