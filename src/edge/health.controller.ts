import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Outside } from '../contract/operation';
import { Counter } from '../infra/counters/counter';
import { Database } from '../infra/database/database';
import { Dispatcher } from '../infra/queue/dispatcher';
import { Readiness } from './readiness';
import { VERSION } from '../version';

type State = 'pass' | 'fail';

/** Milliseconds after which a part that does not answer counts as failed. */
const PATIENCE = 2_000;

@Controller('v1')
@Outside('health is for balancers and operators, who have no project')
export class HealthController {
  private migrated = false;

  constructor(
    private readonly database: Database,
    private readonly counter: Counter,
    private readonly dispatcher: Dispatcher,
    private readonly readiness: Readiness,
  ) {}

  /** Answers as long as the process does; a balancer asks `ready` instead. */
  @Get(['health', 'health/live'])
  live() {
    return { status: 'pass', version: VERSION };
  }

  @Get('health/ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply) {
    const [database, migrations, counters, queue] = await Promise.all([
      state(this.database.ping()),
      state(this.migrations()),
      state(this.counter.ping()),
      state(this.dispatcher.ping()),
    ]);
    const checks = { database, migrations, counters, queue, accepting: this.readiness.draining ? 'fail' : 'pass' };
    const ready = Object.values(checks).every((each) => each === 'pass');
    void reply.status(ready ? 200 : 503);
    return { status: ready ? 'pass' : 'fail', version: VERSION, checks };
  }

  @Get('ping')
  ping(@Res({ passthrough: true }) reply: FastifyReply) {
    void reply.type('text/plain; charset=utf-8');
    return 'Pong!';
  }

  private async migrations(): Promise<void> {
    this.migrated ||= await this.database.migrated();
    if (!this.migrated) throw new Error('migrations are pending');
  }
}

function state(check: Promise<void>): Promise<State> {
  const late = new Promise<State>((resolve) => setTimeout(resolve, PATIENCE, 'fail').unref());
  return Promise.race([check.then((): State => 'pass').catch((): State => 'fail'), late]);
}
