import type { Command } from 'commander';
import { deleteCommand } from './delete.command';
import { importCommand } from './import.command';
import { showCommand } from './show.command';
import { blockCommand, unblockCommand } from './standing.commands';

export function usersCommands(program: Command): void {
  const users = program.command('users').description('look after accounts');
  for (const add of [importCommand, showCommand, blockCommand, unblockCommand, deleteCommand]) add(users);
}
