import type { INestApplicationContext } from '@nestjs/common';
import { type Configuration, preflight, RefusedToStart, type Role, warnings } from './config/preflight';
import { OPERATIONS } from './app.module';
import { Log } from './infra/log';

/** Reads the configuration for a process, or says on standard error why it cannot start and ends it. */
export function configure(role: Role): Configuration {
  try {
    return preflight(process.env, role, OPERATIONS.map(({ name }) => name));
  } catch (error) {
    if (!(error instanceof RefusedToStart)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

/** Starts, warns of what is seldom meant, and ends cleanly on SIGTERM: requests and jobs in flight finish first. */
export async function run(configuration: Configuration, start: () => Promise<INestApplicationContext>): Promise<void> {
  const log = new Log(configuration.settings);
  for (const { where, what } of warnings(configuration.settings)) log.warn('settings.unusual', { where, what });
  try {
    const app = await start();
    let closing = false;
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        if (closing) return;
        closing = true;
        log.info('process.draining', { signal });
        void app.close().then(
          () => process.exit(0),
          (error: unknown) => {
            log.error('process.drain.failed', error);
            process.exit(1);
          },
        );
      });
    }
  } catch (error) {
    log.error('process.start.failed', error);
    console.error(`Latchkey could not start: ${(error as Error).message}`);
    process.exit(1);
  }
}
