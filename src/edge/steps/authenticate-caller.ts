import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Settings } from '../../config/settings';
import type { Caller } from '../../contract/caller';
import { fail } from '../../contract/errors';
import type { ApiKey, Project } from '../../contract/project';
import { TrustedProxies } from '../../infra/addresses';
import { Clock } from '../../infra/clock';
import { sha256 } from '../../infra/crypto/secrets';
import { type Known, Recognition } from '../../modules/sessions';
import { Users } from '../../modules/users';
import type { Exchange } from '../exchange';
import { header } from '../headers';
import { JwtBearer } from '../jwt.strategy';
import { RequestCaller } from '../request-caller';
import { SessionCookie } from '../session-cookie';

/** Who is asking? Reads the credential; whether he may is the next step's question. */
@Injectable()
export class AuthenticateCaller {
  private readonly proxies: TrustedProxies;

  constructor(
    settings: Settings,
    private readonly recognition: Recognition,
    private readonly users: Users,
    private readonly cookie: SessionCookie,
    private readonly jwt: JwtBearer,
    private readonly clock: Clock,
  ) {
    this.proxies = new TrustedProxies(settings.TRUSTED_PROXIES);
  }

  /** @throws Failure `user_jwt_invalid`, `user_key_and_session_set`, `project_key_expired` */
  async run({ request }: Exchange, project: Project): Promise<Caller> {
    const jwt = header(request, 'x-appwrite-jwt');
    const secret = header(request, 'x-appwrite-key');
    const key = secret ? this.key(project, secret) : null;
    const known = await this.known(request, project, jwt);
    if (secret && known) throw fail('user_key_and_session_set');
    if (known) this.users.seen(project, known.user);

    const via = known ? (jwt ? 'jwt' : 'session') : key ? 'key' : 'guest';
    return new RequestCaller(request, this.proxies, project, via, key, known?.user ?? null, known?.session ?? null);
  }

  /** With a JWT the JWT alone counts: two users in one request must never mix. */
  private async known(request: Exchange['request'], project: Project, jwt: string | undefined): Promise<Known | null> {
    if (jwt) return this.recognition.byClaims(project.id, await this.jwt.claims(jwt, project));
    const carried = this.cookie.read(request, project.id);
    return carried ? this.recognition.bySecret(project.id, carried) : null;
  }

  private key(project: Project, secret: string): ApiKey | null {
    const hash = Buffer.from(sha256(secret), 'hex');
    const key = project.keys.find((each) => timingSafeEqual(Buffer.from(each.hash, 'hex'), hash));
    if (key?.expire && key.expire <= this.clock.now()) throw fail('project_key_expired');
    return key ?? null;
  }
}
