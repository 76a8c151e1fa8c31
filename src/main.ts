import './threadpool';
import 'reflect-metadata';
import { AllModule, ApiModule } from './app.module';
import { banner } from './banner';
import { createServer } from './edge/server';
import { configure, run } from './start';

/** `--api-only` leaves the worker to processes of its own. */
const apiOnly = process.argv.includes('--api-only');
const configuration = configure(apiOnly ? 'api' : 'all');
const { settings } = configuration;

void run(configuration, async () => {
  const app = await createServer((apiOnly ? ApiModule : AllModule).with(configuration), settings);
  await app.listen(settings.PORT, settings.HOST);
  process.stdout.write(banner(configuration, await app.getUrl()));
  return app;
});
