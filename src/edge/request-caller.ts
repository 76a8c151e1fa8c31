import type { FastifyRequest } from 'fastify';
import type { Caller } from '../contract/caller';
import type { ApiKey, Project } from '../contract/project';
import type { CallerSession, UserRecord } from '../contract/records';
import { clientAddress, TrustedProxies } from '../infra/addresses';
import { header } from './headers';

/** Characters of a user agent that are looked at and kept. */
const USER_AGENT = 512;

const EVERYONE = new TrustedProxies(['0.0.0.0/0', '::/0']);

/** The caller of one request. Address, agent and locale are read when something asks: most reads never do. */
export class RequestCaller implements Caller {
  private address?: string;

  constructor(
    private readonly request: FastifyRequest,
    private readonly proxies: TrustedProxies,
    readonly project: Project,
    readonly via: Caller['via'],
    readonly key: ApiKey | null,
    readonly user: UserRecord | null,
    readonly session: CallerSession | null,
  ) {}

  get ip(): string {
    return (this.address ??= this.readAddress());
  }

  get userAgent(): string {
    const forwarded = this.via === 'key' ? header(this.request, 'x-forwarded-user-agent') : undefined;
    return (forwarded ?? header(this.request, 'user-agent') ?? '').slice(0, USER_AGENT);
  }

  /** `X-Appwrite-Locale` or a `locale` in the query; anything that does not look like one is English. */
  get locale(): string {
    const named = (this.request.query as { locale?: unknown } | undefined)?.locale;
    const locale = typeof named === 'string' ? named : header(this.request, 'x-appwrite-locale');
    return locale && /^[a-z]{2,3}(-[a-z0-9]{2,8}){0,2}$/i.test(locale) ? locale.toLowerCase() : 'en';
  }

  get requestId(): string {
    return this.request.id;
  }

  private readAddress(): string {
    const peer = this.request.socket.remoteAddress ?? '';
    const forwarded = header(this.request, 'x-forwarded-for');
    // A server with a key speaks for its own user: whoever it names is believed.
    return clientAddress(peer, forwarded, this.via === 'key' ? EVERYONE : this.proxies);
  }
}
