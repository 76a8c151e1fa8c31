import { Injectable } from '@nestjs/common';
import { fail } from '../../contract/errors';
import type { Project } from '../../contract/project';
import { Database } from '../../infra/database/database';
import { type Grant, OAuthClient, ProviderFault } from '../oauth';
import { Identities } from '../users';

/** The tokens that a provider gave for a user, kept with his identity: its sessions show them, and refresh them for all. */
@Injectable()
export class ProviderTokens {
  /** By identity: two at once would spend the same refresh token, which some providers take for theft. */
  private readonly underway = new Map<string, Promise<void>>();

  constructor(
    private readonly client: OAuthClient,
    private readonly identities: Identities,
    private readonly database: Database,
  ) {}

  /** New tokens from the provider, where it has given what that takes. @throws Failure when the provider refuses */
  refresh(project: Project, userId: string, identityId: string): Promise<void> {
    const key = `${project.id}:${identityId}`;
    let running = this.underway.get(key);
    if (!running) {
      running = this.once(project, userId, identityId).finally(() => this.underway.delete(key));
      this.underway.set(key, running);
    }
    return running;
  }

  private async once(project: Project, userId: string, identityId: string): Promise<void> {
    const identity = await this.identities.find(project.id, userId, identityId);
    const registration = identity && project.oauth[identity.provider];
    if (!identity || !registration?.enabled) return;
    const refreshToken = this.identities.refreshToken(identity);
    if (!refreshToken) return;
    let grant: Grant | null;
    try {
      grant = await this.client.refresh(identity.provider, registration, refreshToken);
    } catch (error) {
      // Another process may have been first: then what it got is as good.
      if (await this.changed(project, userId, identityId, refreshToken)) return;
      throw error instanceof ProviderFault ? fail(error.type, `${identity.provider}: ${error.said}`) : error;
    }
    if (grant) await this.database.transaction(() => this.identities.keep(identity, grant));
  }

  private async changed(project: Project, userId: string, identityId: string, refreshToken: string): Promise<boolean> {
    const identity = await this.identities.find(project.id, userId, identityId);
    return identity !== null && this.identities.refreshToken(identity) !== refreshToken;
  }
}
