import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';

/** Whether new requests are welcome. On SIGTERM they are not: balancers see it and turn away, those in flight finish. */
@Injectable()
export class Readiness implements BeforeApplicationShutdown {
  draining = false;

  beforeApplicationShutdown(): void {
    this.draining = true;
  }
}
