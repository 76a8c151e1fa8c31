import { Injectable } from '@nestjs/common';
import type { SignedInCaller } from '../../contract/caller';
import { fail } from '../../contract/errors';
import { datetime } from '../../contract/datetime';
import type { Operation } from '../../contract/operation';
import { parseQueries } from '../../contract/queries';
import type { ProviderTokensRecord } from '../../contract/records';
import { Clock } from '../../infra/clock';
import { Vault } from '../../infra/crypto/vault';
import { Database } from '../../infra/database/database';
import { type Selectable, selectionOf } from '../../infra/database/selection';
import { uniqueId } from '../../infra/ids';
import { IdentitiesRepository } from './identities.repository';
import type { IdentityEntity } from './identity.entity';
import { type IdentityListModel, IdentityModel, type ShownTokens } from './identity.model';
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

/** What a provider gave. */
export interface GivenTokens {
  accessToken: string;
  /** Empty when there is none. */
  refreshToken: string;
  expiresAt: Date | null;
}

/** A user's identities at providers. */
@Injectable()
export class Identities {
  constructor(
    private readonly identities: IdentitiesRepository,
    private readonly securityLog: SecurityLog,
    private readonly vault: Vault,
    private readonly clock: Clock,
    private readonly database: Database,
  ) {}

  /** @returns the user's id; null when nobody has this identity */
  async ownerOf(projectId: string, provider: string, uid: string): Promise<string | null> {
    return (await this.identities.ofProvider(projectId, provider, uid))?.userId ?? null;
  }

  find(projectId: string, userId: string, id: string): Promise<IdentityEntity | null> {
    return this.identities.find(projectId, userId, id);
  }

  /** The user's identity with what the provider told and gave just now; made where there was none. Inside a transaction. */
  async save(projectId: string, userId: string, provider: string, { uid, email }: { uid: string; email: string }, tokens: GivenTokens): Promise<IdentityEntity> {
    const now = this.clock.now();
    const known = await this.identities.ofProvider(projectId, provider, uid);
    const told = { providerEmail: email.slice(0, 254), updatedAt: now, ...this.sealed(tokens) };
    if (known) {
      await this.identities.update(projectId, known.id, told);
      return { ...known, ...told };
    }
    const identity: IdentityEntity = { projectId, id: uniqueId(), createdAt: now, userId, provider, providerUid: uid, providerRefreshToken: null, ...told };
    await this.identities.insert(identity);
    return identity;
  }

  /** Tokens that were refreshed. Inside a transaction. */
  keep({ projectId, id }: IdentityEntity, tokens: GivenTokens): Promise<void> {
    return this.identities.update(projectId, id, { updatedAt: this.clock.now(), ...this.sealed(tokens) });
  }

  /** Empty when the provider gave none. */
  refreshToken({ providerRefreshToken }: IdentityEntity): string {
    return this.open(providerRefreshToken);
  }

  shownTokens({ providerAccessToken, providerAccessTokenExpiry, providerRefreshToken }: IdentityEntity): ShownTokens {
    return this.shown({ accessToken: providerAccessToken, expiresAt: providerAccessTokenExpiry, refreshToken: providerRefreshToken });
  }

  /** As their owner may see them. */
  shown({ accessToken, expiresAt, refreshToken }: ProviderTokensRecord): ShownTokens {
    return { providerAccessToken: this.open(accessToken), providerAccessTokenExpiry: datetime(expiresAt), providerRefreshToken: this.open(refreshToken) };
  }

  async list({ project, user }: SignedInCaller, queries: readonly string[], total: boolean): Promise<IdentityListModel> {
    const selection = selectionOf(parseQueries(queries), SELECTABLE);
    const found = await this.identities.select(project.id, user.id, selection);
    return { total: total ? found.total : 0, identities: found.rows.map((identity) => IdentityModel.of(identity, this.shownTokens(identity))) };
  }

  /** Another user's is not there. @throws Failure `user_identity_not_found` */
  async delete(operation: Operation, caller: SignedInCaller, id: string): Promise<void> {
    await this.database.transaction(async () => {
      if ((await this.identities.delete(caller.project.id, caller.user.id, id)) === 0) throw fail('user_identity_not_found');
      await this.securityLog.record(operation, caller, caller.user.id);
    });
  }

  private sealed({ accessToken, refreshToken, expiresAt }: GivenTokens) {
    return {
      providerAccessToken: this.vault.seal(accessToken, PROVIDER_TOKEN),
      providerAccessTokenExpiry: expiresAt,
      // A provider that sends none at a further sign-in has not taken the first one back.
      ...(refreshToken && { providerRefreshToken: this.vault.seal(refreshToken, PROVIDER_TOKEN) }),
    };
  }

  private open(sealed: string | null): string {
    return sealed === null ? '' : this.vault.open(sealed, PROVIDER_TOKEN);
  }
}
