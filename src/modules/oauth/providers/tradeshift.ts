import { text } from '../answer';
import { card, type Provider } from '../provider';

export const tradeshift = login('Tradeshift', 'api.tradeshift.com');
export const tradeshiftBox = login('Tradeshift Sandbox', 'api-sandbox.tradeshift.com');

function login(name: string, host: string): Provider {
  return card({
    name,
    source: ['https://developers.tradeshift.com/docs/api'],
    note: 'The documents leave PKCE, refresh and the user call open: these are what other account services send. The user name is an e-mail address, and nothing says that it was verified.',
    scopes: ['openid', 'offline'],
    authorize: { url: `https://${host}/tradeshift/auth/login` },
    token: { url: `https://${host}/tradeshift/auth/token`, credentials: 'basic' },
    user: { url: `https://${host}/tradeshift/rest/external/account/info/user`, headers: { Accept: 'application/json' } },
    profile: ({ user }) => ({
      uid: text(user, 'Id'),
      email: text(user, 'Username'),
      emailVerified: false,
      name: [text(user, 'FirstName'), text(user, 'LastName')].filter(Boolean).join(' '),
    }),
  });
}
