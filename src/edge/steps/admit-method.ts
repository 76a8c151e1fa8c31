import { Injectable } from '@nestjs/common';
import type { Caller } from '../../contract/caller';
import { fail } from '../../contract/errors';
import { AUTH_METHOD_NAMES } from '../../contract/project';
import type { Exchange } from '../exchange';

/** After the limits, so that these refusals use up quota as any try does. */
@Injectable()
export class AdmitMethod {
  /** @throws Failure `user_auth_method_unsupported`, `user_session_already_exists` */
  run({ operation: { method, access } }: Exchange, { project, via, user }: Caller): void {
    if (method && via !== 'key' && !project.auth[method]) {
      throw fail('user_auth_method_unsupported', `${AUTH_METHOD_NAMES[method]} authentication is disabled for this project`);
    }
    if (access === 'guest' && user) throw fail('user_session_already_exists');
  }
}
