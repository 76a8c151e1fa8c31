import { STATUS_CODES } from 'node:http';
import { ERRORS, type ErrorType } from '../contract/errors';
import { COMMON_ERRORS, type Operation } from '../contract/operation';
import type { Model, Schemas } from './openapi-schemas';

type Response = Record<string, unknown>;
type ByStatus<Value> = Record<number, Value>;

const takesBody = ({ rest }: Operation) => !rest.startsWith('GET');

/** Common errors that not every row can have. */
const ONLY_WHERE: Partial<Record<ErrorType, (row: Operation) => boolean>> = {
  general_content_type_unsupported: takesBody,
  general_payload_too_large: takesBody,
  general_rate_limit_exceeded: ({ limit }) => limit !== undefined,
  user_auth_method_unsupported: ({ method }) => method !== undefined,
  user_session_already_exists: ({ access }) => access === 'guest',
};

export const HEADERS = {
  'X-RateLimit-Limit': { description: 'Requests that the window takes.', schema: { type: 'integer' } },
  'X-RateLimit-Remaining': { description: 'Requests that are left in it.', schema: { type: 'integer' } },
  'X-RateLimit-Reset': { description: 'When the next window begins, in seconds since 1970.', schema: { type: 'integer' } },
  'Retry-After': { description: 'Seconds after which a try can succeed.', schema: { type: 'integer' } },
  Location: { description: 'Where the browser goes on.', schema: { type: 'string', format: 'uri' } },
};

type Header = keyof typeof HEADERS;

const RATE_LIMIT: Header[] = ['X-RateLimit-Limit', 'X-RateLimit-Remaining', 'X-RateLimit-Reset'];

const HEADERS_BY_STATUS: ByStatus<Header[]> = { 301: ['Location'], 429: [...RATE_LIMIT, 'Retry-After'], 503: ['Retry-After'] };

/** What most rows fail with, by status: told once. */
const USUAL = byStatus([...COMMON_ERRORS.filter((type) => type !== 'user_session_already_exists'), 'general_unknown']);

/** Under `components`, each named after its status. */
export function usualFailures(): Record<string, Response> {
  return Object.fromEntries(Object.entries(USUAL).map(([status, types]) => [nameOf(+status), failure(+status, types)]));
}

/** Every answer of an operation. */
export function responsesOf(row: Operation, schemas: Schemas): ByStatus<Response> {
  const possible = COMMON_ERRORS.filter((type) => ONLY_WHERE[type]?.(row) ?? true);
  const failures = byStatus([...new Set([...possible, 'general_unknown' as const, ...row.errors])]);
  return { [row.status]: success(row, schemas), ...Object.fromEntries(Object.entries(failures).map(([status, types]) => [status, shared(+status, types)])) };
}

function success(row: Operation, schemas: Schemas): Response {
  const headers = headersOf([...(HEADERS_BY_STATUS[row.status] ?? []), ...(row.limit ? RATE_LIMIT : [])]);
  const model = row.status === 204 ? undefined : (row.model?.() as Model | undefined);
  return {
    description: STATUS_CODES[row.status],
    ...headers,
    ...(model && { content: { 'application/json': { schema: schemas.of(model) } } }),
  };
}

function shared(status: number, types: ErrorType[]): Response {
  return String(USUAL[status]) === String(types) ? { $ref: `#/components/responses/${nameOf(status)}` } : failure(status, types);
}

function failure(status: number, types: ErrorType[]): Response {
  return {
    description: types.map((type) => `- \`${type}\`: ${ERRORS[type][1]}`).join('\n'),
    ...headersOf(HEADERS_BY_STATUS[status] ?? []),
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Error', properties: { type: { enum: types } } } } },
  };
}

function headersOf(names: Header[]): { headers?: Record<string, unknown> } {
  if (names.length === 0) return {};
  return { headers: Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }])) };
}

function byStatus(types: readonly ErrorType[]): ByStatus<ErrorType[]> {
  const groups: ByStatus<ErrorType[]> = {};
  for (const type of [...types].sort()) (groups[ERRORS[type][0]] ??= []).push(type);
  return groups;
}

/** `Too Many Requests` is `TooManyRequests`. */
function nameOf(status: number): string {
  return STATUS_CODES[status]!.replaceAll(' ', '');
}
