import { applyDecorators, Delete, Get, HttpCode, Patch, Post, Put, SetMetadata } from '@nestjs/common';
import { Mutation, Query, type ReturnTypeFunc } from '@nestjs/graphql';
import type { ErrorType } from './errors';
import type { Limit } from './limits';
import { paramsOf } from './params';
import type { AuthMethod } from './project';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * Who reaches an operation.
 * - `anyone`: guests, sessions, JWTs, and API keys with `sessions.write`.
 * - `guest`: the same without sessions and JWTs: one signs in before, not again.
 * - `public`: everyone but API keys.
 * - `user`: a session or a JWT.
 * - `session`: a session only, since the operation acts on the session itself.
 */
export type Access = 'anyone' | 'guest' | 'public' | 'user' | 'session';

/** One capability of the API, told once. Routes, guards, limits, audit, documents and tests all read this row. */
export interface Operation {
  /** Given by {@link defineOperations}: the row's key. */
  name: string;
  /** One line for documents. */
  summary: string;
  rest: `${Method} /${string}`;
  /** Older or newer spellings of the path: the same operation, the same counters. */
  aliases?: readonly `/${string}`[];
  /** `query accountGet`; OAuth2 redirects have none. */
  graphql?: `${'query' | 'mutation'} ${string}`;
  graphqlAliases?: readonly string[];
  status: 200 | 201 | 204 | 301;
  access: Access;
  /** The sign-in method that a project may have switched off. */
  method?: AuthMethod;
  limit?: Limit;
  /** Operations that share one counter name it here. */
  counter?: string;
  /** Event written to the user's security log. */
  audit?: string;
  /** Reachable while a second factor is missing. */
  mfaExempt?: boolean;
  /** What the operation itself may fail with, besides what every request may ({@link COMMON_ERRORS}). */
  errors: readonly ErrorType[];
  /** Given by {@link Rest}: the class of what it takes. */
  input?: unknown;
  /** Given by {@link Graph}: the model of what it answers. */
  model?: ReturnTypeFunc;
}

/** Failures of the pipeline, possible on every row. */
export const COMMON_ERRORS: readonly ErrorType[] = [
  'general_argument_invalid',
  'general_bad_request',
  'general_content_type_unsupported',
  'general_overloaded',
  'general_payload_too_large',
  'general_rate_limit_exceeded',
  'general_service_disabled',
  'general_api_disabled',
  'general_unauthorized_scope',
  'general_unknown_origin',
  'project_not_found',
  'project_key_expired',
  'user_auth_method_unsupported',
  'user_blocked',
  'user_jwt_invalid',
  'user_key_and_session_set',
  'user_more_factors_required',
  'user_session_already_exists',
  'user_unauthorized',
];

type Row = Omit<Operation, 'name' | 'input' | 'model'>;

/** Names the rows after their keys and keeps their keys as types. */
export function defineOperations<const Rows extends Record<string, Row>>(rows: Rows): { readonly [Name in keyof Rows]: Operation } {
  for (const [name, row] of Object.entries(rows)) Object.assign(row, { name });
  return rows as unknown as { readonly [Name in keyof Rows]: Operation };
}

/** Every name that an operation goes by in SDKs, with the name of its row. */
export function spellings(operations: readonly Operation[]): ReadonlyMap<string, string> {
  const method = (field: string) => field.replace(/^account(.)/, (_, first: string) => first.toLowerCase());
  return new Map(operations.flatMap(({ name, graphqlAliases = [] }) => [name, ...graphqlAliases.map(method)].map((spelling) => [spelling, name] as const)));
}

/** Metadata key under which a handler carries its row. */
export const OPERATION = Symbol('operation');

export const API_PREFIX = '/v1';

const METHODS = { GET: Get, POST: Post, PUT: Put, PATCH: Patch, DELETE: Delete };

/** Binds a controller method to its row: path, aliases, status. */
export function Rest(row: Operation): MethodDecorator {
  const { method, path } = restRoute(row);
  const paths = [path, ...(row.aliases ?? [])].map((each) => API_PREFIX + each.replace(/\{(\w+)\}/g, ':$1'));
  return applyDecorators(METHODS[method](paths), HttpCode(row.status), SetMetadata(OPERATION, row), takesInputOf(row));
}

/** Documents are made of the rows alone, so a row learns from its handler what it takes. */
function takesInputOf(row: Operation): MethodDecorator {
  return (target, key) => {
    const types = Reflect.getMetadata('design:paramtypes', target, key) as unknown[];
    row.input = types.find((type) => paramsOf(type).length > 0);
  };
}

/**
 * Binds a resolver method to its row. The older and newer names of the field are added where the schema is built.
 * Nullable, as Appwrite's are: of several fields in a document one may fail alone.
 */
export function Graph(row: Operation, type: ReturnTypeFunc): MethodDecorator {
  if (!row.graphql) throw new Error(`${row.name} has no GraphQL field`);
  const [kind, name] = row.graphql.split(' ') as ['query' | 'mutation', string];
  const Field = kind === 'query' ? Query : Mutation;
  row.model = type;
  return applyDecorators(Field(type, { name, description: row.summary, nullable: true }), SetMetadata(OPERATION, row));
}

export function restRoute(row: Operation): { method: Method; path: string } {
  const [method, path] = row.rest.split(' ') as [Method, string];
  return { method, path };
}

/** Metadata key of handlers that are no operation and need no pipeline. */
export const OUTSIDE = Symbol('outside');

/** Marks a handler as no operation. Without a row or this mark the pipeline refuses every call: deny is the default. */
export function Outside(reason: string): ClassDecorator & MethodDecorator {
  return SetMetadata(OUTSIDE, reason);
}

/** A page's form that does what an operation does: same pipeline, same counters. */
export function ActsAs(row: Operation): MethodDecorator {
  return SetMetadata(OPERATION, row);
}
