import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { ApiKey, Project } from './project';
import type { CallerSession, UserRecord } from './records';

/** Who is asking, how he showed it, and from where. Made by the pipeline, once a REST request or GraphQL field. */
export interface Caller {
  readonly project: Project;
  readonly user: UserRecord | null;
  /** The session behind the credential. With a JWT it is the session that minted it. */
  readonly session: CallerSession | null;
  readonly via: 'guest' | 'session' | 'jwt' | 'key';
  readonly key: ApiKey | null;
  /** The client's address, trusted proxies taken off. */
  readonly ip: string;
  readonly userAgent: string;
  readonly locale: string;
  readonly requestId: string;
}

/** A caller who has passed `access: 'user'`. */
export type SignedInCaller = Caller & { user: UserRecord; session: CallerSession };

const CALLER = Symbol('caller');

/**
 * The object that lives exactly as long as one operation: the request over REST, the field's info over GraphQL
 * (a document's fields run side by side and must not see each other's caller).
 */
function carrier(context: ExecutionContext): { [CALLER]?: Caller } {
  return context.getType<string>() === 'graphql' ? context.getArgByIndex(3) : context.switchToHttp().getRequest();
}

export function setCaller(context: ExecutionContext, caller: Caller): void {
  carrier(context)[CALLER] = caller;
}

export function callerOf(context: ExecutionContext): Caller | undefined {
  return carrier(context)[CALLER];
}

/** Hands the caller to a controller or resolver method. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext) => callerOf(context));
