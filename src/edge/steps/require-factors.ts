import { Injectable } from '@nestjs/common';
import type { Caller } from '../../contract/caller';
import { fail } from '../../contract/errors';
import { owesFactor } from '../../modules/factors';
import type { Exchange } from '../exchange';

/**
 * Has the session shown enough? Deny is the default, whatever the way in: with MFA on and a second factor at hand, a
 * session with one reaches only the rows that say so, even of those that are open to guests.
 */
@Injectable()
export class RequireFactors {
  /** @throws Failure `user_more_factors_required` */
  run({ operation }: Exchange, { project, user, session }: Caller): void {
    if (operation.mfaExempt || !user || !session) return;
    if (owesFactor(project, user, session)) throw fail('user_more_factors_required');
  }
}
