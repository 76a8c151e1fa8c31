import type { Command } from 'commander';
import type { Project } from '../../contract/project';
import { OutboxOverview } from '../../infra/outbox/outbox-overview';
import { WrongUsage } from '../exit-code';
import { type Get, inProjects } from '../in-project';
import { find } from './find';
import { viewOf } from './message-view';
import { type Options, print, withOptions } from './options';

interface RetryOptions extends Options {
  dead?: boolean;
}

const SOON = 'a running worker takes it within ten seconds, else the next one that starts';

export function retryCommand(messages: Command): void {
  withOptions(messages.command('retry [id]'))
    .description('make a message that waits or is dead due now, with all its tries before it')
    .option('--dead', 'all that are dead')
    .action((id: string | undefined, options: RetryOptions) => {
      if ((id === undefined) === !options.dead) throw new WrongUsage('say which message by its id, or all dead ones with --dead');
      return inProjects(options.project, (get, projects) => (id === undefined ? retryDead(get, projects, options) : retryOne(get, projects, id, options)));
    });
}

async function retryOne(get: Get, projects: readonly Project[], id: string, options: Options): Promise<void> {
  const row = await find(get, projects, id);
  if (row.state === 'sent') throw new Error(`${id} was sent already: its content is erased`);
  const retried = await get(OutboxOverview).retry(row);
  const view = viewOf(get, await find(get, projects, id));
  print({ retried: Number(retried), message: view }, options, () => (retried ? `${id} is due now: ${SOON}` : `nothing to retry: ${id} is ${view.state === 'pending' ? 'due already' : view.state}`));
}

async function retryDead(get: Get, projects: readonly Project[], options: Options): Promise<void> {
  const retried = await get(OutboxOverview).retryDead(projects.map(({ id }) => id));
  print({ retried }, options, () => (retried ? `${retried} ${retried === 1 ? 'message is' : 'messages are'} due now: ${SOON}` : 'no message is dead'));
}
