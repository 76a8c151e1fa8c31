import type { SignedInCaller } from '../../../contract/caller';
import type { ChallengeEntity, FactorName } from '../../factors';

/** A code that goes to an address of the user's. */
export interface Sending {
  address: string;
  /** Agreed beforehand, for mock numbers: nothing is sent. */
  fixed?: string;
  /** Into the outbox, inside the transaction that makes the challenge. @param expire ISO 8601 */
  send(otp: string, expire: string): Promise<void>;
}

/** One thing a user can show besides what he signed in with. A new factor is its file and its line in the list. */
export interface Factor {
  readonly name: FactorName;
  /** What has to go out before it can be answered; null where the user has the code already. @throws Failure that says what is missing */
  prepare(caller: SignedInCaller): Promise<Sending | null>;
  /** Has this the form of an answer? What has not is refused without costing a try. */
  fits(otp: string): boolean;
  /** Spends the answer, inside the transaction of its effect. @returns false when it is wrong, or spent */
  accept(caller: SignedInCaller, challenge: ChallengeEntity, otp: string): Promise<boolean>;
}
