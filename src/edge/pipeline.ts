import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { setCaller } from '../contract/caller';
import { fail } from '../contract/errors';
import { OUTSIDE } from '../contract/operation';
import { type Exchange, openExchange } from './exchange';
import { AdmitMethod } from './steps/admit-method';
import { AuthenticateCaller } from './steps/authenticate-caller';
import { Authorize } from './steps/authorize';
import { LimitRate } from './steps/limit-rate';
import { RequireFactors } from './steps/require-factors';
import { ResolveProject } from './steps/resolve-project';

const IMPERSONATION = ['x-appwrite-impersonate-user-id', 'x-appwrite-impersonate-email', 'x-appwrite-impersonate-phone'];

/**
 * What every call goes through before its handler, REST and each GraphQL field alike, in this order.
 * A guard and not middleware: middleware on Fastify can be walked around by how a path is written (CVE-2026-33011).
 */
@Injectable()
export class Pipeline implements CanActivate {
  constructor(
    private readonly resolveProject: ResolveProject,
    private readonly authenticateCaller: AuthenticateCaller,
    private readonly authorize: Authorize,
    private readonly requireFactors: RequireFactors,
    private readonly limitRate: LimitRate,
    private readonly admitMethod: AdmitMethod,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const exchange = openExchange(context);
    if (!exchange) return isOutside(context);

    const project = this.resolveProject.run(exchange);
    refuseImpersonation(exchange);
    const caller = await this.authenticateCaller.run(exchange, project);
    exchange.caller = caller;
    setCaller(context, caller);
    this.authorize.run(exchange, caller);
    this.requireFactors.run(exchange, caller);
    if (exchange.operation.limit) await this.limitRate.run(exchange, caller, context);
    this.admitMethod.run(exchange, caller);
    return true;
  }
}

/** Ignoring these would answer with the caller's own data where he asked for somebody else's. */
function refuseImpersonation({ request }: Exchange): void {
  const named = IMPERSONATION.find((name) => request.headers[name] !== undefined);
  if (named) throw fail('general_bad_request', `Impersonation is not supported. Remove the ${named} header.`);
}

function isOutside(context: ExecutionContext): boolean {
  const marked = [context.getHandler(), context.getClass()].some((target) => Reflect.hasMetadata(OUTSIDE, target));
  if (marked) return true;
  throw new Error(`${context.getClass().name}.${context.getHandler().name} has neither an operation row nor the mark Outside`);
}
