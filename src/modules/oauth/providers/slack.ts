import { standardClaims } from '../answer';
import { card } from '../provider';

export const slack = card({
  name: 'Slack',
  source: ['https://docs.slack.dev/authentication/sign-in-with-slack/', 'https://docs.slack.dev/reference/methods/openid.connect.token'],
  note: 'Signing in moved from oauth.v2.access and users.identity to OpenID Connect.',
  scopes: ['openid', 'email', 'profile'],
  vouches: true,
  authorize: { url: 'https://slack.com/openid/connect/authorize' },
  token: { url: 'https://slack.com/api/openid.connect.token' },
  user: { url: 'https://slack.com/api/openid.connect.userInfo' },
  idToken: { issuer: 'https://slack.com', jwks: 'https://slack.com/openid/connect/keys' },
  profile: ({ user }) => standardClaims(user),
});
