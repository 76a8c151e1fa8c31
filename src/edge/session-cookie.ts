import { Injectable } from '@nestjs/common';
import { parse, serialize } from 'cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { getDomain } from 'tldts';
import { Settings } from '../config/settings';
import type { Caller } from '../contract/caller';
import type { SignedIn } from '../contract/outcome';
import { Projects } from '../modules/projects';
import { type Carried, decodeCarrier } from '../modules/sessions';
import { header } from './headers';

/** The only place that reads and writes what carries a session on the caller's side. */
@Injectable()
export class SessionCookie {
  private readonly secure: boolean;
  private readonly site: string;

  constructor(
    settings: Settings,
    private readonly projects: Projects,
  ) {
    const { protocol, hostname } = new URL(settings.publicUrl);
    this.secure = protocol === 'https:';
    this.site = siteOf(hostname);
  }

  /** In Appwrite's order; a later carrier counts only where the earlier ones hold nothing that could be a session. */
  read(request: FastifyRequest, projectId: string): Carried | null {
    const name = nameFor(projectId);
    const cookies = request.headers.cookie ? parse(request.headers.cookie) : undefined;
    return (
      decodeCarrier(cookies?.[name]) ??
      decodeCarrier(cookies?.[`${name}_legacy`]) ??
      decodeCarrier(header(request, 'x-appwrite-session')) ??
      decodeCarrier(fallback(header(request, 'x-fallback-cookies'), name))
    );
  }

  set(caller: Caller, { secret, expiresAt }: SignedIn<unknown>, request: FastifyRequest, reply: FastifyReply): void {
    this.write(reply, caller, secret, expiresAt);
    this.sendFallback(caller, request, reply, JSON.stringify({ [nameFor(caller.project.id)]: secret }));
  }

  clear(caller: Caller, request: FastifyRequest, reply: FastifyReply): void {
    this.write(reply, caller, 'deleted', new Date(0));
    this.sendFallback(caller, request, reply, '[]');
  }

  private write(reply: FastifyReply, { project }: Caller, value: string, expires: Date): void {
    const name = nameFor(project.id);
    const shared = { path: '/', httpOnly: true, expires, secure: this.secure, domain: project.cookieDomain };
    // `_legacy` is for browsers that take SameSite=None for Strict.
    const cookies = [serialize(`${name}_legacy`, value, shared), serialize(name, value, { ...shared, sameSite: this.secure ? 'none' : 'lax' })];
    // Of several sign-ins in one GraphQL document the last one counts.
    reply.removeHeader('set-cookie');
    void reply.header('set-cookie', cookies);
  }

  /**
   * A session in a header ends in the app's localStorage, open to its scripts: only where browsers withhold
   * third-party cookies from an allowed app of another site, or where a dev key makes the SDK send none.
   */
  private sendFallback({ project }: Caller, request: FastifyRequest, reply: FastifyReply, value: string): void {
    const origin = header(request, 'origin');
    if (!origin || !URL.canParse(origin) || !this.projects.allowsOrigin(project, origin)) return;
    const otherSite = siteOf(new URL(origin).hostname) !== this.site;
    if (otherSite || header(request, 'x-appwrite-dev-key')) void reply.header('x-fallback-cookies', value);
  }
}

/** Lower-case, as cookie names are compared letter by letter and Appwrite's are lower-case on the wire. */
function nameFor(projectId: string): string {
  return `a_session_${projectId.toLowerCase()}`;
}

/** The registrable domain; hosts without one (localhost, addresses) are sites of their own. */
function siteOf(hostname: string): string {
  return getDomain(hostname, { allowPrivateDomains: true }) ?? hostname;
}

function fallback(text: string | undefined, name: string): string | undefined {
  if (!text?.startsWith('{')) return undefined;
  try {
    const entries = Object.entries(JSON.parse(text) as Record<string, unknown>);
    const value = entries.find(([key]) => key.toLowerCase() === name)?.[1];
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
