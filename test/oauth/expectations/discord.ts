import type { Expectation } from '../expectation';
import { login } from '../person';
import { BEARER, client, CODE, EXCHANGE, REFRESH, scopes, tokens, vouched } from './usual';

// https://discord.com/developers/docs/topics/oauth2 (host discord.com; discordapp.com is the old one)
// https://discord.com/developers/docs/reference#user-agent

export const discord: Expectation = {
  urls: {
    authorize: ['https://discord.com/oauth2/authorize', 'https://discord.com/api/oauth2/authorize'],
    token: [/^https:\/\/discord\.com\/api\/(v10\/)?oauth2\/token$/],
    user: { '': [/^https:\/\/discord\.com\/api\/(v10\/)?users\/@me$/] },
  },
  registration: client('discord'),
  authorize: { params: CODE, scopes: scopes('identify', 'email'), pkce: 'supported' },
  token: {
    auth: ['params', 'basic'],
    params: EXCHANGE,
    redirectUri: 'same',
    answer: (issued) => tokens(issued, 604_800),
  },
  refresh: { auth: ['params', 'basic'], params: REFRESH, rotation: 'single-use' },
  user: [
    {
      segment: '',
      token: [BEARER],
      headers: { 'user-agent': /.+/ },
      answer: (person) => ({
        id: person.id,
        username: login(person),
        discriminator: '0',
        global_name: null,
        avatar: '8342729096ea3675442027381ff50dfe',
        banner: null,
        accent_color: null,
        public_flags: 0,
        flags: 0,
        locale: 'en-GB',
        mfa_enabled: false,
        premium_type: 0,
        email: person.email,
        verified: person.emailVerified,
      }),
    },
  ],
  error: { user: (reason) => ({ status: 401, body: { message: `401: Unauthorized (${reason})`, code: 0 } }) },
  outcome: (person) => ({ ...vouched(person), name: login(person) }),
};
