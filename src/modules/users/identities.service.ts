import { Injectable } from '@nestjs/common';
import type { SignedInCaller } from '../../contract/caller';
import { fail } from '../../contract/errors';
import type { Operation } from '../../contract/operation';
import { parseQueries } from '../../contract/queries';
import { Vault } from '../../infra/crypto/vault';
import { Database } from '../../infra/database/database';
import { type Selectable, selectionOf } from '../../infra/database/selection';
import { IdentitiesRepository } from './identities.repository';
import { type IdentityListModel, IdentityModel } from './identity.model';
import { SecurityLog } from './security-log';

const SELECTABLE: Selectable = {
  $id: { property: 'id', type: 'text' },
  $createdAt: { property: 'createdAt', type: 'instant' },
  $updatedAt: { property: 'updatedAt', type: 'instant' },
  userId: { property: 'userId', type: 'text' },
  provider: { property: 'provider', type: 'text' },
  providerUid: { property: 'providerUid', type: 'text' },
  providerEmail: { property: 'providerEmail', type: 'text' },
  providerAccessTokenExpiry: { property: 'providerAccessTokenExpiry', type: 'instant' },
};

/** What a vault's value is, for {@link Vault}. */
export const PROVIDER_TOKEN = 'provider token';

/** A user's identities at providers. */
@Injectable()
export class Identities {
  constructor(
    private readonly identities: IdentitiesRepository,
    private readonly securityLog: SecurityLog,
    private readonly vault: Vault,
    private readonly database: Database,
  ) {}

  async list({ project, user }: SignedInCaller, queries: readonly string[], total: boolean): Promise<IdentityListModel> {
    const selection = selectionOf(parseQueries(queries), SELECTABLE);
    const found = await this.identities.select(project.id, user.id, selection);
    const open = (sealed: string | null) => (sealed === null ? '' : this.vault.open(sealed, PROVIDER_TOKEN));
    return { total: total ? found.total : 0, identities: found.rows.map((identity) => IdentityModel.of(identity, open)) };
  }

  /** Another user's is not there. @throws Failure `user_identity_not_found` */
  async delete(operation: Operation, caller: SignedInCaller, id: string): Promise<void> {
    await this.database.transaction(async () => {
      if ((await this.identities.delete(caller.project.id, caller.user.id, id)) === 0) throw fail('user_identity_not_found');
      await this.securityLog.record(operation, caller, caller.user.id);
    });
  }
}
