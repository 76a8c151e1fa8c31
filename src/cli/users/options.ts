import type { Command } from 'commander';

export interface Options {
  project?: string;
  json?: boolean;
}

/** What every command on accounts takes. */
export function withOptions(command: Command): Command {
  return command.option('--project <id>', 'the project; needed when there are several').option('--json', 'print the result as JSON, and nothing else');
}

/** The command's one result: for a script, or for people. */
export function print(result: object, { json }: Options, text: () => string): void {
  console.log(json ? JSON.stringify(result) : text());
}
