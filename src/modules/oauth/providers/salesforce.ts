import { standardClaims, text } from '../answer';
import { card } from '../provider';

export const salesforce = card({
  name: 'Salesforce',
  source: [
    'https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_web_server_flow_ca.htm',
    'https://help.salesforce.com/HTViewHelpDoc?id=remoteaccess_using_userinfo_endpoint.htm',
    'https://login.salesforce.com/.well-known/openid-configuration',
  ],
  note: 'The ID token is issued in the name of the person’s own org, which login.salesforce.com does not tell beforehand, so the userinfo endpoint speaks instead of it.',
  settings: { domain: { description: 'Where people sign in: login.salesforce.com, test.salesforce.com for sandboxes, or My Domain.', fallback: 'login.salesforce.com' } },
  scopes: ['openid', 'profile', 'email'],
  vouches: true,
  pkce: true,
  authorize: { url: 'https://{domain}/services/oauth2/authorize' },
  token: { url: 'https://{domain}/services/oauth2/token', credentials: 'basic' },
  user: { url: 'https://{domain}/services/oauth2/userinfo' },
  profile: ({ user }) => ({ ...standardClaims(user), uid: text(user, 'user_id') }),
});
