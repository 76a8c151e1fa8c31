import type { Command } from 'commander';
import { traceCommand } from './trace.command';

export function oauthCommands(program: Command): void {
  traceCommand(program.command('oauth').description('look into sign-ins through providers'));
}
