import { perHour, resetOn } from '../../contract/limits';
import { defineOperations } from '../../contract/operation';

export const op = defineOperations({
  createEmailPasswordSession: {
    summary: 'Sign in with e-mail and password',
    rest: 'POST /account/sessions/email',
    aliases: ['/account/sessions'],
    graphql: 'mutation accountCreateEmailPasswordSession',
    status: 201,
    access: 'guest',
    method: 'emailPassword',
    limit: resetOn(201, perHour(10, 'email')),
    audit: 'session.create',
    errors: ['user_invalid_credentials'],
  },
  listSessions: {
    summary: 'List the user’s sessions',
    rest: 'GET /account/sessions',
    graphql: 'query accountListSessions',
    status: 200,
    access: 'user',
    errors: [],
  },
  getSession: {
    summary: 'Get a session by id, or `current`',
    rest: 'GET /account/sessions/{sessionId}',
    graphql: 'query accountGetSession',
    status: 200,
    access: 'user',
    errors: ['user_session_not_found'],
  },
  deleteSession: {
    summary: 'Sign out of one session',
    rest: 'DELETE /account/sessions/{sessionId}',
    graphql: 'mutation accountDeleteSession',
    status: 204,
    access: 'user',
    limit: perHour(100, 'ip'),
    audit: 'session.delete',
    mfaExempt: true,
    errors: ['user_session_not_found'],
  },
  deleteSessions: {
    summary: 'Sign out everywhere',
    rest: 'DELETE /account/sessions',
    graphql: 'mutation accountDeleteSessions',
    status: 204,
    access: 'user',
    limit: perHour(100, 'ip'),
    audit: 'session.delete',
    errors: [],
  },
});
