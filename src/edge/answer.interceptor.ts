import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { map, mergeMap, type Observable } from 'rxjs';
import { type Caller, callerOf } from '../contract/caller';
import { SignedIn, SignedOut } from '../contract/outcome';
import { type Exchange, exchangeOf } from './exchange';
import { SessionCookie } from './session-cookie';
import { LimitRate } from './steps/limit-rate';

const OK = { status: 'OK' };

/** What a service returned becomes an answer: carriers written, counters given back, nothing left to say as OK over GraphQL. */
@Injectable()
export class AnswerInterceptor implements NestInterceptor {
  constructor(
    private readonly cookie: SessionCookie,
    private readonly limitRate: LimitRate,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const exchange = exchangeOf(context);
    const caller = callerOf(context);
    if (!exchange || !caller) return next.handle();
    if (exchange.operation.limit?.resetOn === undefined) return next.handle().pipe(map((result) => this.answer(result, exchange, caller)));
    return next.handle().pipe(
      mergeMap(async (result) => {
        await this.limitRate.succeeded(exchange, caller, exchange.operation.status);
        return this.answer(result, exchange, caller);
      }),
    );
  }

  private answer(result: unknown, exchange: Exchange, caller: Caller): unknown {
    const { request, reply, transport, operation } = exchange;
    if (result instanceof SignedIn) this.cookie.set(caller, result, request, reply);
    if (result instanceof SignedOut) this.cookie.clear(caller, request, reply);
    const body: unknown = result instanceof SignedIn || result instanceof SignedOut ? result.body : result;
    return transport === 'graphql' && operation.status === 204 ? OK : body;
  }
}
