import { type Configuration, preflight, RefusedToStart, type Role, warnings } from './config/preflight';
import { KNOWN } from './app.module';
import { Log } from './infra/log';

// Databases and generated secrets are the process's own, whoever else has an account on the machine.
process.umask(0o077);

/** Reads the configuration for a process, or says on standard error why it cannot start and ends it. */
export function configure(role: Role): Configuration {
  try {
    return preflight(process.env, role, KNOWN);
  } catch (error) {
    if (!(error instanceof RefusedToStart)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

interface Started {
  /** Nest hands the signal to the shutdown hooks; its own interface keeps that to itself. */
  close(signal: string): Promise<void>;
}

/** Starts, warns of what is seldom meant, and ends cleanly on SIGTERM: requests and jobs in flight finish first. */
export async function run(configuration: Configuration, start: () => Promise<Started>): Promise<void> {
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
        void app.close(signal).then(
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
