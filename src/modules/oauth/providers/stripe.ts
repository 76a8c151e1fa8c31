import { text } from '../answer';
import { card } from '../provider';

export const stripe = card({
  name: 'Stripe',
  source: ['https://docs.stripe.com/connect/oauth-reference', 'https://docs.stripe.com/api/accounts/object'],
  note: 'The secret is the platform’s secret API key. Who signs in is an account, not a person; its id comes with the tokens, and nothing is said of its address.',
  scopes: ['read_write'],
  authorize: { url: 'https://connect.stripe.com/oauth/authorize' },
  token: { url: 'https://connect.stripe.com/oauth/token' },
  user: {
    url: 'https://api.stripe.com/v1/accounts/{uid}',
    uid: (token) => text(token, 'stripe_user_id'),
  },
  profile: ({ user }) => ({
    uid: text(user, 'id'),
    email: text(user, 'email'),
    emailVerified: false,
    name: text(user, 'settings', 'dashboard', 'display_name') || text(user, 'business_profile', 'name'),
  }),
});
