import type { FastifyRequest } from 'fastify';

/** One value of a header that may come once: repeated, the first counts, as in Node's own joining rules it would be ambiguous. */
export function header(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return (Array.isArray(value) ? value[0] : value) || undefined;
}

/** The project a request names. One in the query wins over the header: browsers cannot set headers on a navigation. */
export function projectIdOf(request: FastifyRequest): string | undefined {
  const named = (request.query as { project?: unknown } | undefined)?.project;
  return typeof named === 'string' ? named : header(request, 'x-appwrite-project');
}
