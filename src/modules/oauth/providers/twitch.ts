import { at, text } from '../answer';
import { card } from '../provider';

export const twitch = card({
  name: 'Twitch',
  source: ['https://dev.twitch.tv/docs/authentication/getting-tokens-oauth/', 'https://dev.twitch.tv/docs/api/reference/#get-users'],
  note: 'Get Users documents “the user’s verified email address”, yet Twitch’s own ID tokens know addresses that are not (email_verified), and here nothing tells them apart: the address counts as unverified.',
  scopes: ['user:read:email'],
  authorize: { url: 'https://id.twitch.tv/oauth2/authorize', params: { force_verify: 'true' } },
  token: { url: 'https://id.twitch.tv/oauth2/token' },
  user: { url: 'https://api.twitch.tv/helix/users', headers: { 'Client-Id': '{clientId}' } },
  profile: ({ user }) => {
    const person = at(user, 'data', 0);
    return { uid: text(person, 'id'), email: text(person, 'email'), emailVerified: false, name: text(person, 'display_name') };
  },
});
