import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { Standing } from '../../modules/sessions';
import { WrongUsage } from '../exit-code';
import { inProject } from '../in-project';
import { find } from './find';
import { type Options, print, withOptions } from './options';

export function deleteCommand(users: Command): void {
  withOptions(users.command('delete <who>'))
    .description('delete a user and everything of his')
    .option('--yes', 'do not ask')
    .action((who: string, options: Options & { yes?: boolean }) => {
      if (!options.yes && !process.stdin.isTTY) throw new WrongUsage('nobody is there to be asked: add --yes');
      return inProject(options.project, async (get, project) => {
        const user = await find(get, project, who);
        const named = `${user.id} ${user.email ?? user.phone ?? ''}`.trimEnd();
        if (!options.yes && !(await agreed(`Delete ${named} of project ${project.id} and everything of his? Type yes: `))) throw new Error('nothing was deleted');
        await get(Standing).remove(project, user.id);
        print({ deleted: user.id }, options, () => `deleted ${named}`);
      });
    });
}

/** Asked on standard error: standard output is for the result. */
async function agreed(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question(question)).trim().toLowerCase() === 'yes';
  } finally {
    terminal.close();
  }
}
