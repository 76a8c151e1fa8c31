import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Projects } from '../modules/projects';
import { header } from './headers';

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
    const { raw } = reply;
    raw.setHeader('X-Request-Id', request.id);
    raw.setHeader('X-Content-Type-Options', 'nosniff');
    if (https) raw.setHeader('Strict-Transport-Security', 'max-age=31536000');
    if (!request.url.startsWith('/v1/')) return done();

    raw.setHeader('Cache-Control', 'private, no-store');
    raw.setHeader('Vary', 'Origin, Cookie, X-Appwrite-Project');
    const origin = header(request, 'origin');
    if (origin !== undefined && allowed(request, projects, origin)) allow(reply, origin);
    if (request.method !== 'OPTIONS') return done();
    void reply.status(204).send();
  });
}

function allowed(request: FastifyRequest, projects: Projects, origin: string): boolean {
  const named = (request.query as { project?: unknown } | undefined)?.project;
  const project = projects.find((typeof named === 'string' ? named : header(request, 'x-appwrite-project')) ?? '');
  return project ? projects.allowsOrigin(project, origin) : projects.anyAllowsOrigin(origin);
}

function allow({ raw }: FastifyReply, origin: string): void {
  raw.setHeader('Access-Control-Allow-Origin', origin);
  raw.setHeader('Access-Control-Allow-Credentials', 'true');
  raw.setHeader('Access-Control-Allow-Methods', 'GET, POST, PUT, PATCH, DELETE');
  raw.setHeader('Access-Control-Allow-Headers', ALLOWED_HEADERS);
  raw.setHeader('Access-Control-Expose-Headers', EXPOSED_HEADERS);
  raw.setHeader('Access-Control-Max-Age', '86400');
}
