import { Injectable } from '@nestjs/common';
import type { Counter, Gauge, Registry } from 'prom-client';
import { MESSAGES, type MessageName } from '../../contract/messages';
import { Clock } from '../../infra/clock';
import { Log } from '../../infra/log';
import type { OutboxState } from '../../infra/outbox/outbox.entity';
import { OutboxOverview } from '../../infra/outbox/outbox-overview';
import { Tallies, type Tally } from '../../infra/outbox/tallies';
import { OUTCOMES } from '../../infra/outbox/tally.entity';

/** What is sent is told by a counter: its rows go after a week. */
const WAITING: readonly OutboxState[] = ['pending', 'sending', 'dead'];

/** Milliseconds for which an answer of the database is good: anybody may ask as often as he likes. */
const FRESH = 2_000;
/** Milliseconds after which the rest of the page does without. */
const PATIENCE = 2_000;

const HELP = {
  sent: 'Messages that a mail server or an SMS provider took.',
  failed: 'Tries that failed.',
  dead: 'Messages given up.',
};

interface Reading {
  depths: { state: OutboxState; count: number; age: number }[];
  totals: Tally[];
}

/** Messages as the database has them, so that every API process tells the same and any number of workers add up. */
@Injectable()
export class MessageMetrics {
  private reading?: { at: number; result: Promise<Reading | undefined> };

  constructor(
    private readonly outbox: OutboxOverview,
    private readonly tallies: Tallies,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  register(prometheus: typeof import('prom-client'), registry: Registry): void {
    const registers = [registry];
    const depth: Gauge<'state'> = new prometheus.Gauge({ name: 'latchkey_messages', help: 'Messages that are not done, up to 100000.', labelNames: ['state'], registers, collect: () => this.fillDepth(depth) });
    const age: Gauge = new prometheus.Gauge({ name: 'latchkey_messages_oldest_pending_seconds', help: 'Age of the oldest message that is neither sent nor dead; 0 without one.', registers, collect: () => this.fillAge(age) });
    for (const outcome of OUTCOMES) {
      const counter: Counter<'channel' | 'message'> = new prometheus.Counter({
        name: `latchkey_messages_${outcome}_total`,
        help: HELP[outcome],
        labelNames: ['channel', 'message'],
        registers,
        collect: () => this.fillTotals(counter, outcome),
      });
    }
  }

  private async fillDepth(gauge: Gauge<'state'>): Promise<void> {
    gauge.reset();
    for (const { state, count } of (await this.read())?.depths ?? []) gauge.set({ state }, count);
  }

  private async fillAge(gauge: Gauge): Promise<void> {
    const reading = await this.read();
    if (reading) gauge.set(Math.max(0, ...reading.depths.filter(({ state }) => state !== 'dead').map(({ age }) => age)));
    else gauge.remove();
  }

  private async fillTotals(counter: Counter<'channel' | 'message'>, outcome: Tally['outcome']): Promise<void> {
    counter.reset();
    const reading = await this.read();
    if (!reading) return;
    const totals = new Map(reading.totals.filter((tally) => tally.outcome === outcome).map(({ name, total }) => [name, total]));
    for (const [message, { channel }] of Object.entries(MESSAGES)) counter.inc({ channel, message }, totals.get(message as MessageName) ?? 0);
  }

  /** One question at a time, however many ask. @returns undefined when the database does not answer: no number is better than an old one */
  private read(): Promise<Reading | undefined> {
    const now = performance.now();
    if (!this.reading || this.reading.at < now - FRESH) this.reading = { at: now, result: this.ask() };
    return this.reading.result;
  }

  private async ask(): Promise<Reading | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE} ms`)), PATIENCE).unref();
    });
    try {
      return await Promise.race([this.fromDatabase(), late]);
    } catch (error) {
      this.log.warn('metrics.database', { reason: (error as Error).name });
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  }

  private async fromDatabase(): Promise<Reading> {
    const now = this.clock.now().getTime();
    const depths = [];
    for (const state of WAITING) {
      const { count, oldest } = await this.outbox.depth(state);
      depths.push({ state, count, age: oldest ? (now - oldest.getTime()) / 1_000 : 0 });
    }
    return { depths, totals: await this.tallies.totals() };
  }
}
