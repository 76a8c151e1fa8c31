import type { Command } from 'commander';
import { ENTITIES } from '../app.module';
import { connect, dataSourceOptions } from '../infra/database/data-source';
import { migrate } from '../infra/database/migrate';
import { configure } from '../start';

/** For installations with MIGRATE_ON_START=false: the operator says when. */
export function migrateCommand(program: Command): void {
  program
    .command('migrate')
    .description('run the migrations that have not run yet')
    .option('--json', 'print the result as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const { settings } = configure('cli');
      const source = await connect(dataSourceOptions(settings, ENTITIES));
      try {
        const ran = await migrate(source);
        console.log(json ? JSON.stringify({ ran }) : ran.length ? ran.map((name) => `ran ${name}`).join('\n') : 'nothing to run: the database is up to date');
      } finally {
        await source.destroy();
      }
    });
}
