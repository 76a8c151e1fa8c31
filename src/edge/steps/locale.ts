import type { FastifyRequest } from 'fastify';
import { header } from '../headers';

/** `X-Appwrite-Locale` or a `locale` in the query; anything that does not look like one is English. */
export function localeOf(request: FastifyRequest): string {
  const named = (request.query as { locale?: unknown } | undefined)?.locale;
  const locale = typeof named === 'string' ? named : header(request, 'x-appwrite-locale');
  return locale && /^[a-z]{2,3}(-[a-z0-9]{2,8}){0,2}$/i.test(locale) ? locale.toLowerCase() : 'en';
}
