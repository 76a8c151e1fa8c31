import { Injectable } from '@nestjs/common';
import type { Caller } from '../../contract/caller';
import { fail } from '../../contract/errors';
import type { Access } from '../../contract/operation';
import type { Exchange } from '../exchange';
import { header } from '../headers';

const SIGNED_IN: ReadonlySet<Access> = new Set(['user', 'session']);

/** May the caller do this? Deny is the default: each way in names who it is for. */
@Injectable()
export class Authorize {
  /** @throws Failure `user_unauthorized`, `general_unauthorized_scope`, `user_blocked`, `user_session_not_found` */
  run({ operation, request }: Exchange, caller: Caller): void {
    const { access } = operation;
    if (request.headers['x-appwrite-key'] !== undefined && !caller.key) throw fail('user_unauthorized');
    if (SIGNED_IN.has(access) && !caller.user) throw this.missing(request, caller, 'account');
    if (access === 'session' && caller.via !== 'session') throw fail('user_session_not_found', 'This operation acts on a session; a JWT has none. Send the session’s cookie or X-Appwrite-Session.');
    if (caller.via === 'key') {
      if (access === 'public') throw this.missing(request, caller, 'public');
      if (!caller.key?.scopes.includes('sessions.write')) throw this.missing(request, caller, 'sessions.write');
    }
    if (caller.user && !caller.user.status) throw fail('user_blocked');
  }

  /** Says which credential was missing or no longer good, not only which scope. */
  private missing(request: Exchange['request'], { via, key }: Caller, scope: string) {
    const role = via === 'key' ? `${key?.name} (role: applications)` : 'User (role: guests)';
    const jwt = header(request, 'x-appwrite-jwt');
    const advice =
      via === 'key'
        ? 'The API key does not carry this scope; a user’s session or JWT is needed for account operations.'
        : jwt
          ? 'The JWT’s session has ended: sign in again.'
          : request.headers.cookie?.includes('a_session_') || header(request, 'x-appwrite-session') || header(request, 'x-fallback-cookies')?.startsWith('{')
            ? 'The session has expired or was ended: sign in again.'
            : 'No session was sent: sign in first, or send X-Appwrite-Session or X-Appwrite-JWT.';
    return fail('general_unauthorized_scope', `${role} missing scope (${scope}). ${advice}`);
  }
}
