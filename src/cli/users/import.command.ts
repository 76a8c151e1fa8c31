import { SingleBar } from 'cli-progress';
import type { Command } from 'commander';
import { inProject } from '../in-project';
import { type Report, UserImport } from './import';
import { type Options, print, withOptions } from './options';

interface ImportOptions extends Options {
  dryRun?: boolean;
  skipFaulty?: boolean;
}

/** Lines of each list that people are shown; `--json` shows all. */
const SHOWN = 50;

export function importCommand(users: Command): void {
  withOptions(users.command('import <file>'))
    .description('import users from JSON Lines or a JSON array, passwords as they are typed or hashed elsewhere')
    .option('--dry-run', 'check the file and tell what would be done')
    .option('--skip-faulty', 'leave faulty rows out; without it a faulty row keeps all from being imported')
    .action((file: string, options: ImportOptions) =>
      inProject(options.project, async (get, project) => {
        const importing = new UserImport(get, project, file);
        const report = await importing.check();
        const refused = report.faulty.length > 0 && !options.skipFaulty;
        const dry = Boolean(options.dryRun);
        try {
          if (!refused || dry) await carryOut(importing, report, dry, options);
        } finally {
          // What is in is in, whatever stopped the rest: a second run goes on from there.
          print({ project: project.id, dryRun: dry, ...report }, options, () => told(report, { dry, refused }));
        }
        if (refused) throw new Error(`${count(report.faulty.length, 'row is', 'rows are')} faulty${dry ? '' : ': nothing was imported'}. Correct the file, or leave the rows out with --skip-faulty.`);
      }),
    );
}

async function carryOut(importing: UserImport, report: Report, dry: boolean, options: Options): Promise<void> {
  const bar = barFor(report, options);
  try {
    await importing.run(report, { dry, progress: (rows) => bar?.update(rows) });
  } finally {
    bar?.stop();
  }
}

/** For people only, on standard error. */
function barFor({ rows }: Report, { json }: Options): SingleBar | undefined {
  if (json || !process.stderr.isTTY) return undefined;
  const bar = new SingleBar({ format: '{bar} {percentage}% {value}/{total} rows, {eta_formatted} left', hideCursor: true });
  bar.start(rows, 0);
  return bar;
}

function told({ rows, imported, skipped, faulty }: Report, { dry, refused }: { dry: boolean; refused: boolean }): string {
  const lines = [
    ...shown(faulty.map(({ line, what }) => `line ${line}: ${what}`)),
    ...shown(skipped.map(({ line, userId, because }) => `line ${line}: skipped, user ${userId} has this ${because}`)),
  ];
  if (!refused || dry) lines.push(`${count(rows, 'row', 'rows')}: ${imported} ${dry ? 'to import' : 'imported'}, ${skipped.length} there already, ${faulty.length} faulty`);
  return lines.join('\n');
}

function shown(lines: string[]): string[] {
  const hidden = lines.length - SHOWN;
  return hidden > 0 ? [...lines.slice(0, SHOWN), `… and ${hidden} more; --json lists all`] : lines;
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
