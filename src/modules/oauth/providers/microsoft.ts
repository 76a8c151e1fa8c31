import { flag, text } from '../answer';
import { type Answer, card } from '../provider';

/** What the `oid` of a personal account looks like: Graph’s id of it, filled up with zeros to a GUID. */
const PERSONAL = /^00000000-0000-0000-([0-9a-f]{4})-([0-9a-f]{12})$/;

export const microsoft = card({
  name: 'Microsoft',
  source: [
    'https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-auth-code-flow',
    'https://learn.microsoft.com/en-us/entra/identity-platform/id-token-claims-reference',
    'https://learn.microsoft.com/en-us/entra/identity-platform/migrate-off-email-claim-authorization',
  ],
  note: 'Addresses are what a tenant’s administrator wrote (“nOAuth”): verified only where the optional claim xms_edov, added in the app’s registration, says so.',
  settings: { tenant: { description: 'Tenant id or domain; or common, organizations, consumers.', fallback: 'common', pattern: '[A-Za-z0-9.-]+' } },
  scopes: ['openid', 'profile', 'email', 'offline_access', 'User.Read'],
  vouches: true,
  pkce: true,
  authorize: { url: 'https://login.microsoftonline.com/{tenant}/oauth2/v2.0/authorize', params: { response_mode: 'query' } },
  token: { url: 'https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token' },
  user: { url: 'https://graph.microsoft.com/v1.0/me' },
  idToken: { issuer: 'https://login.microsoftonline.com/{tenantid}/v2.0', jwks: 'https://login.microsoftonline.com/{tenant}/discovery/v2.0/keys' },
  profile: ({ claims, user }) => ({
    uid: objectId(claims) || text(user, 'id'),
    email: text(claims, 'email') || text(user, 'mail') || text(user, 'userPrincipalName'),
    emailVerified: text(claims, 'email') !== '' && owned(claims),
    name: text(user, 'displayName') || text(claims, 'name'),
  }),
});

/**
 * `oid`, and not `sub`, which is another for each registered app. Microsoft gives it out once among all tenants, and
 * Graph calls it `id`; a personal account’s without the leading zeros and the dash.
 */
function objectId(claims: Answer): string {
  return text(claims, 'oid').replace(PERSONAL, '$1$2');
}

/** xms_edov: the domain’s owner was verified. It comes as true, or as the text "1". */
function owned(claims: Answer): boolean {
  return flag(claims, 'xms_edov') || text(claims, 'xms_edov') === '1';
}
