import type { Command } from 'commander';
import { inProjects } from '../in-project';
import { find } from './find';
import { describe, viewOf } from './message-view';
import { type Options, print, withOptions } from './options';

export function showCommand(messages: Command): void {
  withOptions(messages.command('show <id>'))
    .description('show what happened to a message; its content is never shown')
    .action((id: string, options: Options) =>
      inProjects(options.project, async (get, projects) => {
        const view = viewOf(get, await find(get, projects, id));
        print(view, options, () => describe(view));
      }),
    );
}
