import { Injectable } from '@nestjs/common';
import { Settings } from '../../config/settings';
import { fail } from '../../contract/errors';
import type { Project } from '../../contract/project';
import { allowedRedirect, allowsOrigin } from './origins';

/** Answers about origins that are kept. */
const REMEMBERED = 1_000;

/** The tenants of this installation, from configuration; in memory, so asking costs nothing. */
@Injectable()
export class Projects {
  private readonly byId: ReadonlyMap<string, Project>;
  private readonly ownHost: string;
  private readonly origins = new Map<string, boolean>();

  constructor(
    projects: readonly Project[],
    private readonly settings: Settings,
  ) {
    this.byId = new Map(projects.map((project) => [project.id, project]));
    this.ownHost = new URL(settings.publicUrl).hostname.toLowerCase();
  }

  find(id: string): Project | undefined {
    return this.byId.get(id);
  }

  get all(): Project[] {
    return [...this.byId.values()];
  }

  /** May pages of this origin call the project? */
  allowsOrigin(project: Project, origin: string): boolean {
    const key = `${project.id} ${origin}`;
    let allowed = this.origins.get(key);
    if (allowed === undefined) {
      // Anybody can make up origins; the few real ones are found again at once.
      if (this.origins.size >= REMEMBERED) this.origins.clear();
      this.origins.set(key, (allowed = allowsOrigin(project, origin, this.ownHost)));
    }
    return allowed;
  }

  /** A preflight names no project: its origin has to be at home in any of them; the call itself is checked against its own. */
  anyAllowsOrigin(origin: string): boolean {
    return this.all.some((project) => this.allowsOrigin(project, origin));
  }

  /** @param param the parameter's name, for the refusal @throws Failure `general_argument_invalid` */
  redirect(project: Project, target: string, param: string): URL {
    const url = allowedRedirect(project, target, this.ownHost);
    if (url) return url;
    throw fail('general_argument_invalid', `Invalid \`${param}\` param: URL must be plain and its host one of the project's platforms: ${project.platforms.join(', ') || '(none configured)'}`);
  }

  mayLeadTo(project: Project, target: string): boolean {
    return allowedRedirect(project, target, this.ownHost) !== null;
  }

  /** False only in production without a mail server: in development the mailbox takes everything. */
  sendsMail(project: Project): boolean {
    return Boolean(project.smtp?.url ?? this.settings.SMTP_URL) || !this.settings.production;
  }

  /** As {@link sendsMail}, for SMS. */
  sendsSms(project: Project): boolean {
    return Boolean(project.sms?.providers.length || this.settings.SMS_URL) || !this.settings.production;
  }

  /** The agreed code of a number that tests sign in with; no SMS goes to it. */
  mockCode(project: Project, phone: string): string | undefined {
    return project.auth.mockNumbers.find((mock) => mock.phone === phone)?.otp;
  }
}
