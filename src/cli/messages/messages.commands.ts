import type { Command } from 'commander';
import { listCommand } from './list.command';
import { retryCommand } from './retry.command';
import { showCommand } from './show.command';
import { testCommand } from './test.command';

export function messagesCommands(program: Command): void {
  const messages = program.command('messages').description('look after mails and SMS on their way');
  for (const add of [listCommand, showCommand, retryCommand, testCommand]) add(messages);
}
