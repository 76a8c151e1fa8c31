import type { FastifyInstance } from 'fastify';
import { fail } from '../contract/errors';
import { parseExactJson } from '../contract/exact-json';

/** Bytes. Preferences are the largest thing a caller may send. */
export const BODY_LIMIT = 256 * 1_024;

/** Providers with `response_mode=form_post` (OAuth 2.0 Form Post Response Mode) answer here. */
const FORM_POST = '/v1/account/sessions/oauth2/callback/';

/**
 * Which bodies are read, and as what. JSON, whether or not it is there (some SDKs announce it and send nothing);
 * GraphQL's own text form; forms for our own pages. Everything else is 415, forms to the API too: any page could send one.
 */
export function acceptBodies(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(/^application\/json(;|$)/i, { parseAs: 'string' }, (_, text, done) => {
    try {
      done(null, parse(text as string));
    } catch (error) {
      done(error as Error);
    }
  });
  fastify.addContentTypeParser(/^application\/graphql(;|$)/i, { parseAs: 'string' }, (_, text, done) => done(null, { query: text }));
  fastify.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, ({ url, routeOptions }, text, done) => {
    // By the route that was found: a path can be written in many ways.
    const route = routeOptions.url ?? url;
    if (route.startsWith('/v1') && !route.startsWith(FORM_POST)) return done(fail('general_content_type_unsupported'));
    done(null, Object.fromEntries(new URLSearchParams(text as string)));
  });
}

function parse(text: string): unknown {
  if (text.trim() === '') return {};
  let body: unknown;
  try {
    body = parseExactJson(text);
  } catch (error) {
    if (error instanceof RangeError) throw fail('general_argument_invalid', error.message);
    throw fail('general_argument_invalid', 'The body is not valid JSON.');
  }
  if (typeof body !== 'object') throw fail('general_argument_invalid', 'The body must be a JSON object.');
  return body === null || (Array.isArray(body) && body.length === 0) ? {} : body;
}
