import 'reflect-metadata';
import { Command } from 'commander';
import { checkCommand } from './cli/check.command';
import { migrateCommand } from './cli/migrate.command';
import { VERSION } from './version';

const program = new Command('latchkey').description('Operate a Latchkey installation. Settings come from the environment, as for the server.').version(VERSION);

for (const add of [checkCommand, migrateCommand]) add(program);

program.parseAsync().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
