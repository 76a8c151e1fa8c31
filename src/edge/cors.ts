import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Projects } from '../modules/projects';
import { header, projectIdOf } from './headers';

const ALLOWED_HEADERS = [
  'Content-Type, Authorization, Range, Content-Range, Cache-Control, X-Fallback-Cookies',
  'X-SDK-Name, X-SDK-Version, X-SDK-Language, X-SDK-Platform, X-SDK-GraphQL, X-SDK-Profile',
  'X-Appwrite-Project, X-Appwrite-Key, X-Appwrite-JWT, X-Appwrite-Session, X-Appwrite-Locale, X-Appwrite-Mode',
  'X-Appwrite-Response-Format, X-Appwrite-Timestamp, X-Appwrite-ID, X-Appwrite-Dev-Key, X-Appwrite-Platform',
  'X-Appwrite-Impersonate-User-Id, X-Appwrite-Impersonate-Email, X-Appwrite-Impersonate-Phone, X-Forwarded-User-Agent',
].join(', ');
const EXPOSED_HEADERS = 'X-Fallback-Cookies, X-Request-Id, Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset';

/** Headers of every answer, and the browser's questions beforehand. What a page may do is decided by the pipeline; this tells its browser. */
export function tellBrowsers(fastify: FastifyInstance, projects: Projects, https: boolean): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id);
    void reply.header('x-content-type-options', 'nosniff');
    if (https) void reply.header('strict-transport-security', 'max-age=31536000');
    if (!(request.routeOptions.url ?? request.url).startsWith('/v1/')) return done();

    void reply.header('cache-control', 'private, no-store');
    void reply.header('vary', 'Origin, Cookie, X-Appwrite-Project');
    const origin = header(request, 'origin');
    const welcome = origin !== undefined && allowed(request, projects, origin);
    if (welcome) allow(reply, origin);
    if (request.method !== 'OPTIONS') return done();
    if (welcome) void reply.headers(PREFLIGHT);
    void reply.status(204).send();
  });
}

function allowed(request: FastifyRequest, projects: Projects, origin: string): boolean {
  const project = projects.find(projectIdOf(request) ?? '');
  return project ? projects.allowsOrigin(project, origin) : projects.anyAllowsOrigin(origin);
}

function allow(reply: FastifyReply, origin: string): void {
  void reply.header('access-control-allow-origin', origin);
  void reply.header('access-control-allow-credentials', 'true');
  void reply.header('access-control-expose-headers', EXPOSED_HEADERS);
}

const PREFLIGHT = {
  'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
  'access-control-allow-headers': ALLOWED_HEADERS,
  'access-control-max-age': '86400',
};
