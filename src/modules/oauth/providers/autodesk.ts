import { standardClaims, text } from '../answer';
import { card } from '../provider';

export const autodesk = card({
  name: 'Autodesk',
  source: [
    'https://aps.autodesk.com/en/docs/oauth/v2/tutorials/get-3-legged-token',
    'https://aps.autodesk.com/en/docs/profile/v1/reference/profile/oidcuserinfo',
    'https://developer.api.autodesk.com/.well-known/openid-configuration',
  ],
  note: 'Version 1, with its own refresh address, is gone; users/@me is deprecated for the userinfo endpoint that discovery names. openid is not asked for: the ID token’s claims are not the standard ones.',
  scopes: ['user-profile:read'],
  vouches: true,
  pkce: true,
  authorize: { url: 'https://developer.api.autodesk.com/authentication/v2/authorize' },
  token: { url: 'https://developer.api.autodesk.com/authentication/v2/token', credentials: 'basic' },
  user: { url: 'https://api.userprofile.autodesk.com/userinfo' },
  profile: ({ user }) => ({ ...standardClaims(user), name: standardClaims(user).name || text(user, 'preferred_username') }),
});
