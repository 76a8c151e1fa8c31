import type { ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import { ThrottlerGuard, type ThrottlerRequest } from '@nestjs/throttler';
import type { FastifyReply } from 'fastify';
import type { Caller } from '../../contract/caller';
import { canonicalEmail } from '../../contract/email-address';
import { canonicalPhone } from '../../contract/phone-number';
import { fail } from '../../contract/errors';
import type { Limit, LimitPart } from '../../contract/limits';
import { limitKey } from '../../infra/addresses';
import type { Clock } from '../../infra/clock';
import { windowLeft, windowStart } from '../../infra/counters/counter';
import { sha256 } from '../../infra/crypto/secrets';
import type { Exchange } from '../exchange';
import type { CounterStorage } from './counter-storage';

/** Longer values are counted by their hash: a counter's key is not the caller's to make long. */
const LONGEST = 64;

const REMAINING = 'x-ratelimit-remaining';

/**
 * How often? The throttler's guard, driven by the operation's row: its keys are made of canonical values,
 * so that no spelling of an address, path or transport has a counter of its own.
 */
export class LimitRate extends ThrottlerGuard {
  constructor(
    private readonly counters: CounterStorage,
    private readonly clock: Clock,
    reflector: Reflector,
  ) {
    super([], counters, reflector);
  }

  /** The limits stand in the rows, not in the throttler's options, which are empty on purpose. */
  override async onModuleInit(): Promise<void> {}

  /** Counts the call against every key of its row. @throws Failure `general_rate_limit_exceeded` */
  async run(exchange: Exchange, caller: Caller, context: ExecutionContext): Promise<void> {
    const { limit: row } = exchange.operation;
    if (!row) return;
    const limit = this.count(exchange, caller, row);
    if (caller.via === 'key') return this.tell(exchange.reply, limit, limit, row.window);

    for (const key of keysOf(exchange, caller, row)) {
      await this.handleRequest({
        context,
        limit,
        ttl: row.window * 1_000,
        blockDuration: row.window * 1_000,
        throttler: { name: 'default', limit, ttl: row.window * 1_000 },
        getTracker: async () => key,
        generateKey: () => key,
      });
    }
  }

  /** Gives the tries back after a success: this caller's own counters only. */
  async succeeded(exchange: Exchange, caller: Caller, status: number): Promise<void> {
    const { limit: row } = exchange.operation;
    if (row?.resetOn !== status || caller.via === 'key') return;
    await Promise.all(keysOf(exchange, caller, row).map((key) => this.counters.reset(key, row.window)));
  }

  protected override async handleRequest({ context, limit, ttl, blockDuration, generateKey, getTracker }: ThrottlerRequest): Promise<boolean> {
    const { reply } = this.exchangeReply(context);
    const key = generateKey(context, await getTracker({}, context), 'default');
    const { totalHits, isBlocked } = await this.counters.increment(key, ttl, limit, blockDuration, 'default');
    this.tell(reply, limit, isBlocked ? 0 : Math.max(0, limit - totalHits), ttl / 1_000);
    if (isBlocked) throw this.refusal(ttl / 1_000);
    return true;
  }

  private exchangeReply(context: ExecutionContext): { reply: FastifyReply } {
    return context.getType<string>() === 'graphql' ? context.getArgByIndex<{ reply: FastifyReply }>(2) : { reply: context.switchToHttp().getResponse() };
  }

  private refusal(window: number) {
    return Object.assign(fail('general_rate_limit_exceeded'), { retryAfter: windowLeft(this.clock.now().getTime(), window) });
  }

  /** With several keys, or several fields of one document, the tightest is told. */
  private tell(reply: FastifyReply, limit: number, remaining: number, window: number): void {
    const told = reply.getHeader(REMAINING);
    if (told !== undefined && Number(told) < remaining) return;
    const reset = windowStart(this.clock.now().getTime(), window) + window;
    void reply.headers({ 'x-ratelimit-limit': limit, [REMAINING]: remaining, 'x-ratelimit-reset': reset });
  }

  private count({ operation }: Exchange, { project }: Caller, row: Limit): number {
    return project.limits[operation.name] ?? row.count;
  }
}

function keysOf({ operation, raw }: Exchange, caller: Caller, { keys }: Limit): string[] {
  const counter = `${caller.project.id}:${operation.counter ?? operation.name}`;
  return keys.map((parts) => `${counter}:${parts.map((part) => `${part}=${short(valueOf(part, caller, raw))}`).join(',')}`);
}

function valueOf(part: LimitPart, caller: Caller, raw: Exchange['raw']): string {
  if (part === 'ip') return limitKey(caller.ip);
  if (part === 'userId') return caller.user?.id ?? '';
  const value = raw(part === 'param-userId' ? 'userId' : part);
  // Not a string: the checks will refuse it, and all such tries count as one.
  const text = typeof value === 'string' ? value : '';
  // What is no address will be refused; it counts as itself, so that nobody uses up anybody else's tries.
  if (part === 'email') return canonicalEmail(text) ?? text;
  return part === 'phone' ? (canonicalPhone(text) ?? text) : text;
}

function short(value: string): string {
  return value.length > LONGEST ? sha256(value) : value;
}
