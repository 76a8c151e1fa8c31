import { Injectable } from '@nestjs/common';

/** The one source of time. Tests put another in its place and turn it; databases are never asked. */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }

  /** @param seconds may be negative */
  in(seconds: number): Date {
    return new Date(this.now().getTime() + seconds * 1_000);
  }
}
