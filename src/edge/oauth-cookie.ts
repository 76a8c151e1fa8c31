import { Injectable } from '@nestjs/common';
import { parse, serialize } from 'cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Settings } from '../config/settings';
import { API_PREFIX } from '../contract/operation';

/** Seconds: as long as an attempt lives. */
const LIFETIME = 600;

/**
 * Binds a sign-in through a provider to the browser that began it, so that nobody can be led into somebody else's
 * (RFC 9700 section 4.7). One cookie an attempt, since people begin in several tabs. `Lax` comes along when a provider
 * sends the browser back by GET, and on no request that another site makes by itself.
 */
@Injectable()
export class OAuthCookie {
  private readonly attributes: { path: string; httpOnly: true; sameSite: 'lax'; secure: boolean };

  constructor({ publicUrl }: Settings) {
    this.attributes = { path: `${API_PREFIX}/account/sessions/oauth2`, httpOnly: true, sameSite: 'lax', secure: publicUrl.startsWith('https:') };
  }

  read({ headers }: FastifyRequest, attemptId: string): string | undefined {
    return headers.cookie ? parse(headers.cookie)[nameFor(attemptId)] : undefined;
  }

  set(reply: FastifyReply, attemptId: string, secret: string): void {
    void reply.header('set-cookie', serialize(nameFor(attemptId), secret, { ...this.attributes, maxAge: LIFETIME }));
  }

  clear(reply: FastifyReply, attemptId: string): void {
    void reply.header('set-cookie', serialize(nameFor(attemptId), '', { ...this.attributes, maxAge: 0 }));
  }
}

function nameFor(attemptId: string): string {
  return `a_oauth2_${attemptId}`;
}
