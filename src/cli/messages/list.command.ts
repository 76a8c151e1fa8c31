import type { Command } from 'commander';
import { type MessageName, MESSAGES } from '../../contract/messages';
import { Clock } from '../../infra/clock';
import type { OutboxState } from '../../infra/outbox/outbox.entity';
import { OutboxOverview, STATES } from '../../infra/outbox/outbox-overview';
import { WrongUsage } from '../exit-code';
import { inProjects } from '../in-project';
import { type MessageView, viewOf } from './message-view';
import { type Options, print, withOptions } from './options';
import { momentOf } from './since';

interface ListOptions extends Options {
  state?: string;
  name?: string;
  since?: string;
  limit: string;
}

const MOST = 1_000;

export function listCommand(messages: Command): void {
  withOptions(messages.command('list'))
    .description('list messages, newest first, and how many there are in each state')
    .option('--state <state>', `only those that are ${STATES.join(', ')}`)
    .option('--name <name>', `only these: ${Object.keys(MESSAGES).join(', ')}`)
    .option('--since <when>', 'only those promised since: a time (2026-01-31T08:00:00Z), or how long ago (30m, 12h, 7d)')
    .option('--limit <count>', `at most so many, up to ${MOST}`, '20')
    .action((options: ListOptions) => {
      const state = oneOf(STATES, options.state, '--state');
      const name = oneOf(Object.keys(MESSAGES) as MessageName[], options.name, '--name');
      const limit = Number(options.limit);
      if (!Number.isInteger(limit) || limit < 1 || limit > MOST) throw new WrongUsage(`--limit takes a whole number from 1 to ${MOST}`);
      return inProjects(options.project, async (get, projects) => {
        const since = options.since === undefined ? undefined : momentOf(options.since, get(Clock).now());
        const sought = { projectIds: projects.map(({ id }) => id), name, since };
        const overview = get(OutboxOverview);
        const [counts, rows] = await Promise.all([overview.counts(sought), overview.list({ ...sought, state }, limit)]);
        const views = rows.map((row) => viewOf(get, row));
        print({ counts, messages: views }, options, () => [told(counts), ...table(views)].join('\n'));
      });
    });
}

function oneOf<Value extends string>(values: readonly Value[], given: string | undefined, option: string): Value | undefined {
  const found = values.find((value) => value === given);
  if (given !== undefined && !found) throw new WrongUsage(`${option} takes one of ${values.join(', ')}`);
  return found;
}

function told(counts: Record<OutboxState, number>): string {
  return STATES.map((state) => `${counts[state]} ${state}`).join(', ');
}

const COLUMNS: [title: string, value: (view: MessageView) => string][] = [
  ['ID', ({ id }) => id],
  ['PROMISED', ({ createdAt }) => createdAt.slice(0, 19)],
  ['PROJECT', ({ project }) => project],
  ['MESSAGE', ({ name }) => name],
  ['TO', ({ recipient }) => recipient ?? '–'],
  ['STATE', ({ state }) => state],
  ['TRIES', ({ attempts }) => String(attempts)],
  ['LAST ERROR', ({ lastError }) => lastError ?? ''],
];

function table(views: MessageView[]): string[] {
  if (!views.length) return [];
  const rows = [COLUMNS.map(([title]) => title), ...views.map((view) => COLUMNS.map(([, value]) => value(view)))];
  const widths = COLUMNS.map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return ['', ...rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column])).join('  ').trimEnd())];
}
