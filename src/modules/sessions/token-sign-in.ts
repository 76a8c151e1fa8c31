import { Injectable } from '@nestjs/common';
import type { Caller } from '../../contract/caller';
import { fail } from '../../contract/errors';
import type { Operation } from '../../contract/operation';
import type { SignedIn } from '../../contract/outcome';
import type { Project } from '../../contract/project';
import { Database } from '../../infra/database/database';
import { type TokenEntity, type TokenKind, Tokens } from '../tokens';
import { Identities, Users } from '../users';
import { type Proof, SessionIssuer } from './session-issuer';
import type { SessionModel } from './session.model';
import type { TokenSessionInput } from './sessions.input';

/** What a kind of token shows when it is spent, and how the session names it. A kind that is not here opens no session. */
const PROOFS: Partial<Record<TokenKind, { provider: string; factor: string; proves: 'email' | 'phone' }>> = {
  'magic-url': { provider: 'magic-url', factor: 'email', proves: 'email' },
  'email-otp': { provider: 'token', factor: 'email', proves: 'email' },
  'phone-otp': { provider: 'phone', factor: 'phone', proves: 'phone' },
};
const KINDS: TokenKind[] = [...(Object.keys(PROOFS) as TokenKind[]), 'oauth2'];

/** Signing in with a secret that was sent: spent with the session's birth, in one transaction. */
@Injectable()
export class TokenSignIn {
  constructor(
    private readonly tokens: Tokens,
    private readonly users: Users,
    private readonly identities: Identities,
    private readonly issuer: SessionIssuer,
    private readonly database: Database,
  ) {}

  /** @throws Failure `user_invalid_token`, `user_blocked` */
  async signIn(caller: Caller, { userId, secret }: TokenSessionInput, operation: Operation): Promise<SignedIn<SessionModel>> {
    const { project } = caller;
    const token = await this.tokens.match(project.id, userId, KINDS, secret);
    return this.database.transaction(async () => {
      await this.tokens.spend(token);
      const proof = await this.prove(caller, token);
      return this.issuer.issue(userId, proof, caller, operation);
    });
  }

  /** Who could read the message owns the address; if it is still the user's. */
  private async prove({ project }: Caller, { kind, userId, address }: TokenEntity): Promise<Proof> {
    if (kind === 'oauth2') return this.identified(project, userId, address);
    const { provider, factor, proves } = PROOFS[kind]!;
    if (proves === 'email') await this.users.verifyEmail(project, userId, address);
    else await this.users.verifyPhone(project, userId, address);
    return { provider, providerUid: address, factors: [factor] };
  }

  /** He was at the provider already; if the identity is still his. */
  private async identified(project: Project, userId: string, identityId: string): Promise<Proof> {
    const identity = await this.identities.find(project.id, userId, identityId);
    if (!identity) throw fail('user_invalid_token');
    return { provider: identity.provider, providerUid: identity.providerUid, factors: ['oauth2'], identity };
  }
}
