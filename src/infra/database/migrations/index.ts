import { Accounts1790000000000 } from './1790000000000-accounts';
import { Proofs1790100000000 } from './1790100000000-proofs';
import { Factors1790200000000 } from './1790200000000-factors';
import { Oauth1790300000000 } from './1790300000000-oauth';
import { MessageTallies1790400000000 } from './1790400000000-message-tallies';

/** In order. Once released a migration is never edited; a change is a new one. */
export const migrations = [Accounts1790000000000, Proofs1790100000000, Factors1790200000000, Oauth1790300000000, MessageTallies1790400000000];
