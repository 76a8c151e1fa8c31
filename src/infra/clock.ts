import { Injectable } from '@nestjs/common';

/** The one source of time. Tests put another in its place and turn it; databases are never asked. */
@Injectable()
export class Clock {
  now(): Date {
    // eslint-disable-next-line no-restricted-syntax -- the one place
    return new Date();
  }

  /** @param seconds may be negative */
  in(seconds: number): Date {
    return new Date(this.now().getTime() + seconds * 1_000);
  }
}
