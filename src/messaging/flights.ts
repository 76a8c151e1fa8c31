import { Injectable } from '@nestjs/common';
import { Clock } from '../infra/clock';
import { Database } from '../infra/database/database';
import { Log } from '../infra/log';
import type { OutboxEntity } from '../infra/outbox/outbox.entity';
import { OutboxRepository } from '../infra/outbox/outbox.repository';
import { ChannelError } from './channels/channel';

/** Seconds after which a message whose worker is not heard of is another's. */
const LEASE = 10;
/** Milliseconds between two signs of life. */
const BEAT = 3_000;
/** Milliseconds a try may last, whatever its channel is waiting for. Above what a channel allows itself, whose error says more. */
const LONGEST = 65_000;

const STOPPED = 'its process was stopped before the answer came';

interface Flight {
  row: OutboxEntity;
  since: number;
  cut: (reason: string) => void;
}

/** The messages this process is sending at the moment: says that they are its own, and lets none last for ever. */
@Injectable()
export class Flights {
  private readonly all = new Set<Flight>();
  private timer?: NodeJS.Timeout;
  private deadline?: NodeJS.Timeout;
  private over = false;

  constructor(
    private readonly outbox: OutboxRepository,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  start(): void {
    this.timer = setInterval(() => void this.beat(), BEAT);
  }

  /** What is in the air now has this long to land; then it is given back. */
  endWithin(milliseconds: number): void {
    this.deadline = setTimeout(() => {
      this.over = true;
      for (const { cut } of this.all) cut(STOPPED);
    }, milliseconds);
  }

  stop(): void {
    clearInterval(this.timer);
    clearTimeout(this.deadline);
  }

  /** Until when a row that is taken now is this process's. */
  get until(): Date {
    return this.clock.in(LEASE);
  }

  /** @throws ChannelError also when it takes too long; what then still comes of it is not waited for */
  async watch<Result>(row: OutboxEntity, sending: Promise<Result>): Promise<Result> {
    let flight!: Flight;
    const cut = new Promise<never>((_, reject) => {
      flight = { row, since: performance.now(), cut: (reason) => reject(new ChannelError(reason, false)) };
    });
    this.all.add(flight);
    if (this.over) flight.cut(STOPPED);
    try {
      return await Promise.race([sending, cut]);
    } finally {
      this.all.delete(flight);
    }
  }

  private async beat(): Promise<void> {
    const long = performance.now() - BEAT;
    for (const { since, cut } of this.all) if (since < performance.now() - LONGEST) cut(`no answer within ${LONGEST / 1_000} s`);
    const slow = [...this.all].filter(({ since }) => since < long).map(({ row }) => row);
    if (!slow.length) return;
    try {
      await this.database.transaction(() => this.outbox.renew(slow, this.until));
    } catch (error) {
      this.log.error('outbox.renew.failed', error);
    }
  }
}
