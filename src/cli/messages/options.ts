import type { Command } from 'commander';

export { type Options, print } from '../users/options';

/** What every command on messages takes. */
export function withOptions(command: Command): Command {
  return command.option('--project <id>', 'only this project; without it all of them').option('--json', 'print the result as JSON, and nothing else');
}
