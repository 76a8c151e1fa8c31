import type { FastifyRequest } from 'fastify';

/** One value of a header that may come once: repeated, the first counts, as in Node's own joining rules it would be ambiguous. */
export function header(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return (Array.isArray(value) ? value[0] : value) || undefined;
}
