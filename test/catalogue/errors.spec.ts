import { COMMON_ERRORS } from '../../src/contract/operation';
import { ERRORS, fail } from '../../src/contract/errors';

/** Written by hand. SDK users branch on these: a line is added, never changed and never taken away. */
const FROZEN: [type: string, status: number][] = [
  ['general_unknown', 500],
  ['general_bad_request', 400],
  ['general_argument_invalid', 400],
  ['general_query_invalid', 400],
  ['general_cursor_not_found', 400],
  ['general_payload_too_large', 413],
  ['general_request_timeout', 408],
  ['general_route_not_found', 404],
  ['general_method_unsupported', 405],
  ['general_content_type_unsupported', 415],
  ['general_unknown_origin', 403],
  ['general_api_disabled', 403],
  ['general_service_disabled', 403],
  ['general_unauthorized_scope', 401],
  ['general_rate_limit_exceeded', 429],
  ['general_overloaded', 503],
  ['general_smtp_disabled', 503],
  ['general_phone_disabled', 503],
  ['user_count_exceeded', 400],
  ['user_jwt_invalid', 401],
  ['user_jwt_creation_denied', 403],
  ['user_already_exists', 409],
  ['user_blocked', 401],
  ['user_email_already_exists', 409],
  ['user_phone_already_exists', 409],
  ['user_phone_not_found', 400],
  ['user_phone_already_verified', 409],
  ['user_password_mismatch', 400],
  ['user_identity_not_found', 404],
  ['user_target_not_found', 404],
  ['user_target_already_exists', 409],
  ['user_invalid_token', 401],
  ['user_invalid_credentials', 401],
  ['user_password_personal_data', 400],
  ['user_password_recently_used', 400],
  ['user_session_already_exists', 401],
  ['user_session_not_found', 404],
  ['user_not_found', 404],
  ['user_email_not_found', 400],
  ['user_email_already_verified', 409],
  ['user_missing_id', 400],
  ['user_oauth2_bad_request', 400],
  ['user_oauth2_unauthorized', 401],
  ['user_oauth2_provider_error', 424],
  ['project_provider_disabled', 412],
  ['project_provider_unsupported', 400],
  ['user_more_factors_required', 401],
  ['user_phone_not_verified', 400],
  ['user_email_not_verified', 400],
  ['user_challenge_required', 401],
  ['user_authenticator_not_found', 404],
  ['user_authenticator_already_verified', 409],
  ['user_recovery_codes_already_exists', 409],
  ['user_recovery_codes_not_found', 404],
  ['user_unauthorized', 401],
  ['user_key_and_session_set', 403],
  ['user_auth_method_unsupported', 501],
  ['project_not_found', 404],
  ['project_key_expired', 401],
  ['graphql_no_query', 400],
  ['graphql_too_many_queries', 400],
  ['graphql_method_unsupported', 405],
];

describe('the errors', () => {
  it('are these, with these statuses', () => {
    const now = Object.entries(ERRORS).map(([type, [status]]) => [type, status]);
    expect(new Map(now as typeof FROZEN)).toEqual(new Map(FROZEN));
  });

  it.each(Object.entries(ERRORS))('%s says in whole sentences what is wrong', (type, [status, text]) => {
    expect(type).toMatch(/^(general|user|project|graphql)_[a-z0-9_]+$/);
    expect(text).toMatch(/^[A-Z].*\.$|^Param "query" is not optional\.$/);
    expect(fail(type as keyof typeof ERRORS)).toMatchObject({ type, status, message: text });
  });

  it('of the pipeline are listed once each', () => {
    expect(new Set(COMMON_ERRORS).size).toBe(COMMON_ERRORS.length);
    expect(COMMON_ERRORS.filter((type) => !(type in ERRORS))).toEqual([]);
  });
});
