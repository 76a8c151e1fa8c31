import { type DynamicModule, Global, Module, type OnApplicationShutdown } from '@nestjs/common';
import type { DataSourceOptions } from 'typeorm';
import { Settings } from '../config/settings';
import { Clock } from './clock';
import { Counter } from './counters/counter';
import { MemoryCounter } from './counters/memory.counter';
import { RedisCounter } from './counters/redis.counter';
import { Jwt } from './crypto/jwt';
import { Keys } from './crypto/keys';
import { Passwords } from './crypto/passwords';
import { ShortCodes } from './crypto/short-codes';
import { Vault } from './crypto/vault';
import { connect, dataSourceOptions, readerOptions } from './database/data-source';
import { Database } from './database/database';
import { migrate } from './database/migrate';
import { Devices } from './devices';
import { Geo } from './geo';
import { Log } from './log';
import { Outbox } from './outbox/outbox';
import { OutboxOverview } from './outbox/outbox-overview';
import { OutboxRepository } from './outbox/outbox.repository';
import { Relay } from './outbox/relay';
import { Tallies } from './outbox/tallies';
import { Tries } from './outbox/tries';
import { BullmqDispatcher } from './queue/bullmq.dispatcher';
import { Dispatcher } from './queue/dispatcher';
import { InProcessDispatcher } from './queue/in-process.dispatcher';
import { QueueBoard } from './queue/queue-board';

const services = [Log, Clock, Keys, Vault, Jwt, Passwords, ShortCodes, Devices, Geo, OutboxRepository, OutboxOverview, Outbox, Tallies, Tries, Relay];

/** The outside world: what is configured decides what stands behind each door. */
@Global()
@Module({})
export class InfraModule implements OnApplicationShutdown {
  constructor(
    private readonly database: Database,
    private readonly dispatcher: Dispatcher,
    private readonly counter: Counter,
  ) {}

  static forRoot(settings: Settings, entities: DataSourceOptions['entities']): DynamicModule {
    return {
      module: InfraModule,
      providers: [
        { provide: Settings, useValue: settings },
        { provide: Database, useFactory: (log: Log) => openDatabase(settings, entities, log), inject: [Log] },
        {
          provide: Dispatcher,
          useFactory: (log: Log) => (settings.REDIS_URL ? new BullmqDispatcher(settings.REDIS_URL, log) : new InProcessDispatcher(log)),
          inject: [Log],
        },
        // Nothing but Redis can be looked into.
        { provide: QueueBoard, useFactory: (dispatcher: Dispatcher) => (dispatcher instanceof BullmqDispatcher ? new QueueBoard(dispatcher.queue) : null), inject: [Dispatcher] },
        {
          provide: Counter,
          useFactory: (log: Log) => (settings.REDIS_URL ? new RedisCounter(settings.REDIS_URL, log).connect() : new MemoryCounter()),
          inject: [Log],
        },
        ...services,
      ],
      exports: [Settings, Database, Dispatcher, QueueBoard, Counter, ...services],
    };
  }

  /** Last of all: requests and jobs are done by now. */
  async onApplicationShutdown(): Promise<void> {
    await this.dispatcher.close();
    await this.counter.close();
    await this.database.close();
  }
}

async function openDatabase(settings: Settings, entities: DataSourceOptions['entities'], log: Log): Promise<Database> {
  const source = await connect(dataSourceOptions(settings, entities));
  if (settings.MIGRATE_ON_START) {
    const ran = await migrate(source);
    if (ran.length) log.info('migrations.ran', { names: ran });
  }
  return new Database(source, settings.DATABASE_URL ? source : await connect(readerOptions(settings, entities)));
}
