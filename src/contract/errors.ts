/**
 * Every error a caller can see: its type, its HTTP status and what the caller should do next.
 * The types are Appwrite's; SDK users branch on them, so they are never renamed.
 */
export const ERRORS = {
  general_unknown: [500, 'Something failed on our side. Try again; if it stays, give the operator the requestId.'],
  general_bad_request: [400, 'The request cannot be carried out as it stands.'],
  general_argument_invalid: [400, 'A parameter is missing or not valid.'],
  general_query_invalid: [400, 'A query is not valid. Build queries with the SDK’s Query class.'],
  general_cursor_not_found: [400, 'The cursor points to a row that does not exist.'],
  general_payload_too_large: [413, 'The request body is too large. Send at most 256 KiB.'],
  general_request_timeout: [408, 'The request took too long to arrive. Send it again.'],
  general_route_not_found: [404, 'No such route. Check the method and the path.'],
  general_method_unsupported: [405, 'This path does not take this method.'],
  general_content_type_unsupported: [415, 'Send the body as application/json.'],
  general_unknown_origin: [403, 'This Origin may not call the project. Add its hostname to the project’s platforms.'],
  general_api_disabled: [403, 'This API is switched off for the project.'],
  general_service_disabled: [403, 'This service is switched off for the project.'],
  general_unauthorized_scope: [401, 'The credential does not reach this operation.'],
  general_rate_limit_exceeded: [429, 'Too many requests. Wait for the seconds in Retry-After, then try again.'],
  general_overloaded: [503, 'The server is busy. Try again after the seconds in Retry-After.'],
  general_smtp_disabled: [503, 'E-mail is not set up on this server. The operator sets SMTP_URL.'],
  general_phone_disabled: [503, 'SMS is not set up on this server. The operator sets SMS_URL.'],
  user_count_exceeded: [400, 'The project has reached its limit of users.'],
  user_jwt_invalid: [401, 'The JWT is not valid or has expired. Create a new one from a session.'],
  user_jwt_creation_denied: [403, 'A JWT cannot create another JWT. Use a session.'],
  user_already_exists: [409, 'An account with this id or e-mail exists already. Sign in instead.'],
  user_blocked: [401, 'This account is blocked. Contact support.'],
  user_email_already_exists: [409, 'This e-mail address belongs to another account.'],
  user_phone_already_exists: [409, 'This phone number belongs to another account.'],
  user_missing_id: [400, 'The provider did not say who it is. Try again, or sign in another way.'],
  user_oauth2_bad_request: [400, 'The provider refused the sign-in as it was asked for. Begin again in the app.'],
  user_oauth2_unauthorized: [401, 'The provider does not accept the app’s credentials. Tell its operator.'],
  user_oauth2_provider_error: [424, 'The provider could not complete the sign-in. Try again later.'],
  user_phone_not_found: [400, 'The account has no phone number. Set one first.'],
  user_phone_not_verified: [400, 'The phone number is not verified. Verify it first.'],
  user_phone_already_verified: [409, 'The phone number is verified already.'],
  user_password_mismatch: [400, 'The two passwords differ.'],
  user_identity_not_found: [404, 'No such identity.'],
  user_target_not_found: [404, 'No such target.'],
  user_target_already_exists: [409, 'A target with this id or identifier exists already.'],
  user_invalid_token: [401, 'The token is wrong, spent or expired. Request a new one.'],
  user_invalid_credentials: [401, 'The e-mail or the password is wrong.'],
  user_password_personal_data: [400, 'The password contains personal data. Choose another.'],
  user_password_recently_used: [400, 'The password was used recently. Choose another.'],
  user_session_already_exists: [401, 'A session is active already. Sign out first.'],
  user_session_not_found: [404, 'No such session.'],
  user_not_found: [404, 'No such user.'],
  user_email_not_found: [400, 'The account has no e-mail address. Set one first.'],
  user_email_not_verified: [400, 'The e-mail address is not verified. Verify it first.'],
  user_email_already_verified: [409, 'The e-mail address is verified already.'],
  user_more_factors_required: [401, 'Another factor is needed to complete the sign-in. List the factors, create a challenge and answer it.'],
  user_challenge_required: [401, 'This needs a recent challenge. Create one and answer it, then try again within 30 minutes.'],
  user_authenticator_not_found: [404, 'No such authenticator. Add one first.'],
  user_authenticator_already_verified: [409, 'An authenticator is verified already. Remove it before adding another.'],
  user_recovery_codes_already_exists: [409, 'There are recovery codes already. Replace them instead.'],
  user_recovery_codes_not_found: [404, 'There are no recovery codes. Create them first.'],
  user_unauthorized: [401, 'The API key is not valid for this project.'],
  user_key_and_session_set: [403, 'Send either an API key or a user’s credential, not both.'],
  user_auth_method_unsupported: [501, 'This way to sign in is switched off for the project.'],
  project_not_found: [404, 'No such project. Check the id in the X-Appwrite-Project header.'],
  project_provider_disabled: [412, 'This provider is not enabled for the project. The operator configures it under `oauth`.'],
  project_provider_unsupported: [400, 'No such provider. See docs/reference/providers.md.'],
  project_key_expired: [401, 'The API key has expired. Ask the operator for a new one.'],
  graphql_no_query: [400, 'Param "query" is not optional.'],
  graphql_too_many_queries: [400, 'Too many queries.'],
  graphql_method_unsupported: [405, 'A GET carries queries only. Send mutations by POST.'],
} as const satisfies Record<string, readonly [status: number, text: string]>;

export type ErrorType = keyof typeof ERRORS;

/** An outcome the caller is told about. Anything else that is thrown becomes `general_unknown`, its cause in the log only. */
export class Failure extends Error {
  readonly status: number;
  /** Seconds after which a try can succeed. */
  retryAfter?: number;

  constructor(
    readonly type: ErrorType,
    message?: string,
  ) {
    super(message ?? ERRORS[type][1]);
    this.status = ERRORS[type][0];
  }
}

/** `throw fail('user_blocked')`: a misspelt type does not compile. The message is for people and may say more than the catalogue's. */
export function fail(type: ErrorType, message?: string): Failure {
  return new Failure(type, message);
}
