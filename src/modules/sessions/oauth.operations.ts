import { perHour } from '../../contract/limits';
import { defineOperations } from '../../contract/operation';

export const op = defineOperations({
  createOAuth2Session: {
    summary: 'Send the browser to a provider; it comes back with a session’s cookie',
    rest: 'GET /account/sessions/oauth2/{provider}',
    status: 301,
    access: 'public',
    limit: perHour(50, 'ip'),
    audit: 'session.create',
    errors: ['project_provider_disabled', 'project_provider_unsupported', 'user_challenge_required'],
  },
  createOAuth2Token: {
    summary: 'Send the browser to a provider; it comes back with a token’s secret, for createSession',
    rest: 'GET /account/tokens/oauth2/{provider}',
    status: 301,
    access: 'anyone',
    limit: perHour(50, 'ip'),
    audit: 'session.create',
    errors: ['project_provider_disabled', 'project_provider_unsupported', 'user_challenge_required'],
  },
});
