import { Injectable } from '@nestjs/common';
import type { Caller } from '../../contract/caller';
import { Failure, fail } from '../../contract/errors';
import type { SignedIn } from '../../contract/outcome';
import type { OAuthRegistration, Project } from '../../contract/project';
import { Settings } from '../../config/settings';
import { Clock } from '../../infra/clock';
import { Database } from '../../infra/database/database';
import { isDuplicate } from '../../infra/database/failures';
import { Log } from '../../infra/log';
import { recentlyChallenged } from '../factors';
import { type AttemptEntity, Attempts, type Grant, OAuthClient, type Profile, ProviderFault, PROVIDERS, type Step } from '../oauth';
import { Projects } from '../projects';
import { Tokens } from '../tokens';
import { Identities, SecurityLog, Targets, Users } from '../users';
import { callbackOf, failureUrl, OAUTH_PAGES, successUrl } from './oauth-urls';
import { OAuthAccounts } from './oauth-accounts';
import type { OAuthInput } from './oauth.input';
import { op } from './oauth.operations';
import { SessionEnding } from './session-ending';
import { SessionIssuer } from './session-issuer';
import type { SessionModel } from './session.model';
import { SessionsRepository } from './sessions.repository';

/** Milliseconds within which one has to have signed in, or answered a challenge, to add an identity to an account. */
const RECENT = 30 * 60 * 1_000;

/** Where the browser goes next, and what it carries. */
export interface Onward {
  location: string;
  /** Kept by the browser until the callback; null where a server will send its own user. */
  binding?: { attemptId: string; secret: string };
  /** The attempt whose cookie has done its work. */
  finished?: string;
  signedIn?: SignedIn<SessionModel>;
}

/** What a callback carries. */
export type Callback = Readonly<Record<string, string>>;

/** Sign-in through a provider, from the app to the provider and back. */
@Injectable()
export class OAuthSignIn {
  constructor(
    private readonly projects: Projects,
    private readonly client: OAuthClient,
    private readonly attempts: Attempts,
    private readonly accounts: OAuthAccounts,
    private readonly identities: Identities,
    private readonly users: Users,
    private readonly targets: Targets,
    private readonly tokens: Tokens,
    private readonly sessions: SessionsRepository,
    private readonly issuer: SessionIssuer,
    private readonly ending: SessionEnding,
    private readonly securityLog: SecurityLog,
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly log: Log,
    private readonly database: Database,
  ) {}

  /** To the provider. @throws Failure `project_provider_disabled`, `project_provider_unsupported`, `user_challenge_required`, `general_argument_invalid` */
  async start(caller: Caller, { provider, success, failure, scopes = [] }: OAuthInput, flow: AttemptEntity['flow']): Promise<Onward> {
    const { project, user, session, via } = caller;
    const registration = this.registration(project, provider);
    const page = (given: string | undefined, param: 'success' | 'failure') =>
      this.projects.redirect(project, given ?? new URL(OAUTH_PAGES[param], this.settings.publicUrl).href, param).href;
    const ends = { success: page(success, 'success'), failure: page(failure, 'failure') };
    if (user && session) await this.mayLink(caller);

    // A server that begins for its user reads the Location and sends him there: no cookie of ours reaches his browser.
    const bound = via !== 'key';
    const begun = await this.attempts.begin(project, { provider, flow, ...ends, userId: user?.id ?? null, sessionId: session?.id ?? null }, bound, async () => {
      // Held: a deletion comes wholly before, or takes the attempt along.
      if (user) await this.users.hold(project, user.id);
    });
    try {
      const location = await this.client.authorizeUrl(provider, registration, this.callback(project, provider), begun.state, scopes, begun.secrets);
      return { location, ...(begun.binding && { binding: { attemptId: begun.attempt.id, secret: begun.binding } }) };
    } catch (error) {
      return this.failed(project, begun.attempt, error);
    }
  }

  /**
   * Back from the provider. Whatever goes wrong ends at the failure URL; where nothing proves which one that is, at our own page.
   *
   * @param binding reads the cookie of an attempt
   */
  async finish(guest: Caller, provider: string, callback: Callback, binding: (attemptId: string) => string | undefined): Promise<Onward> {
    const { project } = guest;
    const attempt = await this.attempts.named(project, provider, callback.state);
    if (!attempt || !this.attempts.isFrom(attempt, binding(attempt.id))) return this.unknown();
    if (!(await this.attempts.spend(attempt))) return this.failed(project, attempt, fail('user_oauth2_bad_request', 'This sign-in was used already, or took longer than ten minutes. Begin again.'));
    try {
      return await this.complete(guest, attempt, callback);
    } catch (error) {
      return this.failed(project, attempt, error);
    }
  }

  private async complete(guest: Caller, attempt: AttemptEntity, callback: Callback): Promise<Onward> {
    const { project } = guest;
    const { provider } = attempt;
    const registration = this.registration(project, provider);
    // The projects file may have changed since the start.
    this.projects.redirect(project, attempt.success, 'success');
    if (callback.error || !callback.code) throw new ProviderFault('callback', 'user_oauth2_provider_error', refusal(callback));
    await this.attempts.note(attempt, 'callback', 'ok');

    const grant = await this.client.exchange(provider, registration, callback.code, this.callback(project, provider), this.attempts.verifier(attempt), callback.iss);
    this.attempts.passed(attempt, 'token');
    const profile = await this.client.profile(provider, registration, grant, attempt.nonce, callback);
    // MySQL compares without the blanks at an end: one who may choose his id there could become another.
    if (!profile.uid || profile.uid.length > 255 || profile.uid !== profile.uid.trim()) throw new ProviderFault('user', 'user_missing_id', 'the provider did not say who it is: no id');
    this.attempts.passed(attempt, 'user');
    const ended = await this.settle(guest, attempt, profile, grant);
    await this.attempts.note(attempt, 'account', 'ok');
    return { ...ended, finished: attempt.id };
  }

  /** Two first sign-ins at once both find nobody; the second then finds the first. */
  private async settle(guest: Caller, attempt: AttemptEntity, profile: Profile, grant: Grant): Promise<Onward> {
    const once = () => this.database.transaction(() => this.enter(guest, attempt, profile, grant));
    try {
      return await once();
    } catch (error) {
      if (!isDuplicate(error) && !(error instanceof Failure && error.type === 'user_already_exists')) throw error;
      return once();
    }
  }

  private async enter(guest: Caller, attempt: AttemptEntity, profile: Profile, grant: Grant): Promise<Onward> {
    const { project } = guest;
    const { provider, flow, success } = attempt;
    const user = await this.accounts.holder(project, attempt, profile);
    // Also orders what follows after a block or a deletion.
    await this.users.hold(project, user.id);
    const identity = await this.identities.save(project.id, user.id, provider, profile, grant);
    if (flow === 'token') {
      const { secret } = await this.tokens.issue(project.id, user.id, 'oauth2', identity.id);
      await this.securityLog.record(op.createOAuth2Token, guest, user.id);
      return { location: successUrl(success, { secret, userId: user.id }) };
    }
    const signedIn = await this.issuer.issue(user.id, { provider, providerUid: profile.uid, factors: ['oauth2'], identity }, guest, op.createOAuth2Session);
    if (attempt.sessionId) {
      // In place of the session that began it, whose devices stay.
      await this.targets.rebind(project.id, user.id, attempt.sessionId, signedIn.body.$id);
      await this.ending.end(project.id, user.id, attempt.sessionId);
    }
    return { location: successUrl(success, this.forNative(project, success, signedIn.secret)), signedIn };
  }

  /** A native app shares no cookies with the browser: it gets the session in its own scheme's URL, which no web page receives. */
  private forNative(project: Project, success: string, secret: string): Record<string, string> {
    const { protocol, pathname } = new URL(success);
    if (protocol === 'http:' || protocol === 'https:' || pathname !== OAUTH_PAGES.success) return {};
    return { project: project.id, domain: new URL(this.settings.publicUrl).hostname, key: `a_session_${project.id.toLowerCase()}`, secret };
  }

  /** Whoever finds an open session must not add a key of his own to the account. */
  private async mayLink({ project, user, session }: Caller): Promise<void> {
    const anonymous = !user!.email && !user!.phone && !user!.passwordUpdatedAt;
    if (anonymous || recentlyChallenged(session!, this.clock.now())) return;
    const record = await this.sessions.find(project.id, user!.id, session!.id);
    if (record && this.clock.now().getTime() - record.createdAt.getTime() < RECENT) return;
    throw fail('user_challenge_required', 'Adding a sign-in to the account needs a sign-in or an answered challenge within the last 30 minutes.');
  }

  private registration(project: Project, provider: string): OAuthRegistration {
    const registration = Object.hasOwn(project.oauth, provider) ? project.oauth[provider] : undefined;
    if (registration?.enabled) return registration;
    throw fail(registration || Object.hasOwn(PROVIDERS, provider) ? 'project_provider_disabled' : 'project_provider_unsupported');
  }

  private callback({ id }: Project, provider: string): string {
    return callbackOf(this.settings.publicUrl, provider, id);
  }

  private async failed(project: Project, attempt: AttemptEntity, error: unknown): Promise<Onward> {
    const [failure, step, said] = told(attempt.provider, error);
    if (failure.status >= 500) this.log.error('oauth.failed', error, { attempt: attempt.id, provider: attempt.provider });
    await this.attempts.note(attempt, step, failure.type, said);
    // Where the projects file allows the app's page no longer, our own.
    const page = this.projects.mayLeadTo(project, attempt.failure) ? attempt.failure : this.ownFailurePage();
    return { location: failureUrl(page, failure, attempt.id), finished: attempt.id };
  }

  /** Nobody's, or another browser's: what it names is not to be trusted, not even where it fails. */
  private unknown(): Onward {
    const failure = fail('user_oauth2_bad_request', 'This sign-in was not begun in this browser, or its state is not ours. Begin again in the app.');
    return { location: failureUrl(this.ownFailurePage(), failure) };
  }

  private ownFailurePage(): string {
    return new URL(OAUTH_PAGES.failure, this.settings.publicUrl).href;
  }
}

function told(provider: string, error: unknown): [Failure, Step, string | undefined] {
  if (error instanceof ProviderFault) return [fail(error.type, `${provider}: ${error.said}`), error.step, error.said];
  if (error instanceof Failure) return [error, 'account', error.message];
  return [fail('general_unknown'), 'account', undefined];
}

function refusal({ error, error_description: description }: Callback): string {
  if (!error) return 'the provider sent no code';
  return [error, description].filter(Boolean).join(': ');
}
