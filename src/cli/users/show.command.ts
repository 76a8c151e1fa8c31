import type { Command } from 'commander';
import { inProject } from '../in-project';
import { find } from './find';
import { type Options, print, withOptions } from './options';
import { describe, viewOf } from './user-view';

export function showCommand(users: Command): void {
  withOptions(users.command('show <who>'))
    .description('show a user, found by id, e-mail address or phone number')
    .action((who: string, options: Options) =>
      inProject(options.project, async (get, project) => {
        const view = await viewOf(get, project, await find(get, project, who));
        print(view, options, () => describe(view));
      }),
    );
}
