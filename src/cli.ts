import './threadpool';
import 'reflect-metadata';
import { Command } from 'commander';
import { checkCommand } from './cli/check.command';
import { exitCode } from './cli/exit-code';
import { messagesCommands } from './cli/messages/messages.commands';
import { migrateCommand } from './cli/migrate.command';
import { oauthCommands } from './cli/oauth/oauth.commands';
import { usersCommands } from './cli/users/users.commands';
import { VERSION } from './version';

const program = new Command('latchkey').description('Operate a Latchkey installation. Settings come from the environment, as for the server.').version(VERSION).exitOverride();

for (const add of [checkCommand, migrateCommand, usersCommands, messagesCommands, oauthCommands]) add(program);

program.parseAsync().catch((error: Error) => {
  // Not process.exit: what was printed may still be on its way into a pipe.
  process.exitCode = exitCode(error);
});
