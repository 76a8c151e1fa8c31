import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { WorkerModule } from './app.module';
import { Log, nestLogger } from './infra/log';
import { configure, run } from './start';

const configuration = configure('worker');

void run(configuration, async () => {
  const log = new Log(configuration.settings);
  const app = await NestFactory.createApplicationContext(WorkerModule.with(configuration), { logger: nestLogger(log), abortOnError: false });
  log.info('worker.ready');
  return app;
});
