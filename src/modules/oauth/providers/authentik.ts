import { standardClaims } from '../answer';
import { card } from '../provider';

export const authentik = card({
  name: 'authentik',
  source: ['https://docs.goauthentik.io/add-secure-apps/providers/oauth2/', 'https://docs.goauthentik.io/releases/2025.10/#default-oauth-scope-mappings'],
  note: 'Issuer and keys hang on the application’s slug, so the user call tells alone. Since 2025.10 authentik vouches for an address only where a scope mapping says so; before, it vouched for every address.',
  settings: { domain: { description: 'Host name of the authentik server.' } },
  scopes: ['openid', 'profile', 'email', 'offline_access'],
  vouches: true,
  pkce: true,
  authorize: { url: 'https://{domain}/application/o/authorize/' },
  token: { url: 'https://{domain}/application/o/token/' },
  user: { url: 'https://{domain}/application/o/userinfo/' },
  profile: ({ user }) => standardClaims(user),
});
