import { flag, list, text } from '../answer';
import { card, type Provider } from '../provider';

export const paypal = login('PayPal', 'https://www.paypal.com', 'https://api-m.paypal.com');
export const paypalSandbox = login('PayPal Sandbox', 'https://www.sandbox.paypal.com', 'https://api-m.sandbox.paypal.com');

function login(name: string, web: string, api: string): Provider {
  return card({
    name,
    source: [
      'https://developer.paypal.com/log-in/build-button',
      'https://developer.paypal.com/log-in/references',
      'https://developer.paypal.com/docs/api/identity/v1/',
    ],
    note: 'The payer ID comes only with the scope paypalattributes: the app must have “PayPal account ID” and e-mail selected under Log in with PayPal. verified_account tells of the bank account and not of the address, so the address’s own `confirmed` decides.',
    scopes: ['openid', 'profile', 'email', 'https://uri.paypal.com/services/paypalattributes'],
    vouches: true,
    authorize: { url: `${web}/signin/authorize`, params: { flowEntry: 'static' } },
    token: { url: `${api}/v1/oauth2/token`, credentials: 'basic' },
    user: { url: `${api}/v1/identity/oauth2/userinfo`, params: { schema: 'paypalv1.1' } },
    profile: ({ user }) => {
      const address = list(user, 'emails').find((each) => flag(each, 'primary'));
      return {
        uid: text(user, 'payer_id'),
        email: text(address, 'value'),
        emailVerified: flag(address, 'confirmed'),
        name: text(user, 'name'),
      };
    },
  });
}
