import { at, text } from '../answer';
import { card } from '../provider';

export const x = card({
  name: 'X',
  source: [
    'https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code',
    'https://docs.x.com/x-api/users/get-my-user',
    'https://devcommunity.x.com/t/announcing-support-for-email-address-retrieval-with-oauth-2-0-in-the-x-api-v2/240555',
  ],
  note: 'X gives an address that the person confirmed, or none; the app must have “Request email from users” on. Reading the user needs tweet.read too. X takes a state of 500 characters at most.',
  scopes: ['users.read', 'tweet.read', 'users.email', 'offline.access'],
  vouches: true,
  pkce: true,
  authorize: { url: 'https://x.com/i/oauth2/authorize' },
  token: { url: 'https://api.x.com/2/oauth2/token', credentials: 'basic' },
  user: { url: 'https://api.x.com/2/users/me', params: { 'user.fields': 'confirmed_email' } },
  profile: ({ user }) => {
    const person = at(user, 'data');
    const email = text(person, 'confirmed_email');
    return { uid: text(person, 'id'), email, emailVerified: email !== '', name: text(person, 'name') || text(person, 'username') };
  },
});
