import { timingSafeEqual } from 'node:crypto';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Settings } from '../config/settings';
import { fail } from '../contract/errors';
import type { ApiKey } from '../contract/project';
import { clientAddress, limitKey, TrustedProxies } from '../infra/addresses';
import { Clock } from '../infra/clock';
import { windowLeft } from '../infra/counters/counter';
import { sha256 } from '../infra/crypto/secrets';
import { Projects } from '../modules/projects';
import { header } from './headers';
import { CounterStorage } from './steps/counter-storage';

/** Wrong keys that an address may send in an hour. Above the connections a browser opens at once: tries are counted before they are judged. */
const GUESSES = 30;
/** Seconds. */
const HOUR = 3_600;

/** For the operator's own pages: HTTP Basic, any name, an API key of any project as the password. */
@Injectable()
export class OperatorKey implements CanActivate {
  private readonly proxies: TrustedProxies;
  private readonly keys: readonly (ApiKey & { digest: Buffer })[];

  constructor(
    projects: Projects,
    private readonly counters: CounterStorage,
    private readonly clock: Clock,
    settings: Settings,
  ) {
    this.proxies = new TrustedProxies(settings.TRUSTED_PROXIES);
    this.keys = projects.all.flatMap(({ keys }) => keys).map((key) => ({ ...key, digest: Buffer.from(key.hash, 'hex') }));
  }

  /** @throws Failure `user_unauthorized`, `project_key_expired`, `general_rate_limit_exceeded` */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const password = passwordIn(header(request, 'authorization'));
    if (password === undefined) throw this.challenge(reply);

    const counter = `operator-key:ip=${limitKey(clientAddress(request.socket.remoteAddress ?? '', header(request, 'x-forwarded-for'), this.proxies))}`;
    // Counted first and given back: looking first would let a burst through.
    const { isBlocked } = await this.counters.increment(counter, HOUR * 1_000, GUESSES, 0, '');
    if (isBlocked) throw Object.assign(fail('general_rate_limit_exceeded'), { retryAfter: windowLeft(this.clock.now().getTime(), HOUR) });
    const key = this.keyOf(password);
    if (!key) throw this.challenge(reply);
    if (key.expire && key.expire <= this.clock.now()) {
      this.challenge(reply);
      throw fail('project_key_expired');
    }
    await this.counters.reset(counter, HOUR);
    return true;
  }

  /** All are compared, whichever fits. */
  private keyOf(password: string): ApiKey | undefined {
    const digest = Buffer.from(sha256(password), 'hex');
    return this.keys.filter((key) => timingSafeEqual(key.digest, digest)).at(0);
  }

  private challenge(reply: FastifyReply) {
    void reply.header('www-authenticate', 'Basic realm="Latchkey", charset="UTF-8"');
    return fail('user_unauthorized', 'Give an API key of a project as the password; the name does not matter.');
  }
}

function passwordIn(authorization: string | undefined): string | undefined {
  const [, encoded] = /^basic +([\w+/=-]+) *$/i.exec(authorization ?? '') ?? [];
  const decoded = Buffer.from(encoded ?? '', 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  return colon < 0 || colon === decoded.length - 1 ? undefined : decoded.slice(colon + 1);
}
