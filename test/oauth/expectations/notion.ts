import type { Expectation, ErrorShape } from '../expectation';
import type { Person } from '../person';
import { BEARER, client, CODE, EXCHANGE, REFRESH, unvouched } from './usual';

// https://developers.notion.com/docs/authorization
// https://developers.notion.com/reference/create-a-token (Basic, JSON; it also lists Notion-Version as required,
// the guide's example does without: both pass here)
// https://developers.notion.com/reference/versioning

const versions = /^(2021-05-13|2021-08-16|2022-02-22|2022-06-28|2025-09-03|2026-03-11)$/;

const uuid = (prefix: string, { id }: Person): string => `${prefix}-0000-4000-8000-000${id}`;

const owner = (person: Person) => ({
  type: 'user',
  user: { object: 'user', id: uuid('d40e767c', person), name: person.name, avatar_url: null, type: 'person', person: { email: person.email } },
});

const error: ErrorShape = (reason, code) => ({
  status: code === 'invalid_client' || code === 'invalid_token' ? 401 : 400,
  body: { object: 'error', status: 400, code: code === 'invalid_token' ? 'unauthorized' : code, message: reason },
});

export const notion: Expectation = {
  urls: {
    authorize: ['https://api.notion.com/v1/oauth/authorize'],
    token: ['https://api.notion.com/v1/oauth/token'],
    user: { '': ['https://api.notion.com/v1/users/me'] },
  },
  registration: client('notion'),
  authorize: { params: { ...CODE, owner: 'user' }, scopes: null, pkce: 'ignored' },
  token: {
    body: 'json',
    auth: ['basic'],
    params: EXCHANGE,
    redirectUri: 'same',
    answer: ({ accessToken, refreshToken, person }) => ({
      access_token: accessToken,
      token_type: 'bearer',
      ...(refreshToken && { refresh_token: refreshToken }),
      bot_id: uuid('b3414d65', person),
      workspace_icon: null,
      workspace_id: 'a1b2c3d4-0000-4000-8000-000000000001',
      workspace_name: "Ada's Notion",
      owner: owner(person),
      duplicated_template_id: null,
      request_id: 'e5f6a7b8-0000-4000-8000-000000000002',
    }),
  },
  refresh: { auth: ['basic'], body: 'json', params: REFRESH, rotation: 'single-use' },
  user: [
    {
      segment: '',
      token: [BEARER],
      headers: { 'notion-version': versions },
      answer: (person) => ({
        object: 'user',
        id: uuid('b3414d65', person),
        name: 'Sign-in test',
        avatar_url: null,
        type: 'bot',
        bot: { owner: owner(person), workspace_id: 'a1b2c3d4-0000-4000-8000-000000000001', workspace_name: "Ada's Notion" },
        request_id: 'e5f6a7b8-0000-4000-8000-000000000003',
      }),
    },
  ],
  error: { token: error, user: error },
  outcome: (person) => ({ ...unvouched(person), uid: uuid('d40e767c', person) }),
};
