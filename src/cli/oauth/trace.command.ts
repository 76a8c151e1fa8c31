import type { Command } from 'commander';
import { Clock } from '../../infra/clock';
import { Attempts } from '../../modules/oauth';
import { inProject } from '../in-project';
import { type Options, print, withOptions } from '../users/options';
import { describe, viewOf } from './attempt-view';

export function traceCommand(oauth: Command): void {
  withOptions(oauth.command('trace <id>'))
    .description('show how a sign-in through a provider went; its failure page names the id')
    .action((id: string, options: Options) =>
      inProject(options.project, async (get, project) => {
        const attempt = await get(Attempts).find(project, id);
        if (!attempt) throw new Error(`project ${project.id} has no sign-in ${id}; they are kept for two weeks`);
        const view = viewOf(attempt, get(Clock).now());
        print(view, options, () => describe(view));
      }),
    );
}
