import type { Command } from 'commander';
import { warnings } from '../config/preflight';
import { configure } from '../start';

/** Says before a deployment what a start would say. */
export function checkCommand(program: Command): void {
  program
    .command('check')
    .description('check the settings and the projects file without starting anything')
    .action(() => {
      const { settings, projects } = configure('cli');
      for (const { where, what } of warnings(settings)) console.log(`warning: ${where} ${what}`);
      console.log(`settings are in order; projects: ${projects.map(({ id }) => id).join(', ')}`);
    });
}
