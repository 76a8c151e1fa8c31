import type { Clock } from '../../src/infra/clock';

/** The clock of a running app, which a test may turn: it runs on from where it was put. */
export class TestClock {
  private ahead = 0;
  private stoppedAt: number | null = null;

  constructor(clock: Clock) {
    clock.now = () => this.now();
  }

  now(): Date {
    return new Date((this.stoppedAt ?? Date.now()) + this.ahead);
  }

  /** @param seconds may be negative */
  turn(seconds: number): void {
    this.ahead += seconds * 1_000;
  }

  /** Goes on only when it is turned: for bounds that are exact to the second. */
  stop(): void {
    this.stoppedAt ??= Date.now();
  }

  back(): void {
    this.ahead = 0;
    this.stoppedAt = null;
  }
}
