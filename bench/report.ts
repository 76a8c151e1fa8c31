import type { Round } from './round';
import { Goals, Side, Workload } from './workloads';

export interface Verdict {
  goal: string;
  value: number;
  met: boolean;
}

export interface Finding {
  title: string;
  connections: number;
  rounds: Round[];
  medians: Round;
  verdicts: Verdict[];
  /** Answers that were wrong, over all rounds: with any of them the figures mean nothing. */
  failures: number;
}

/** What a goal compares, within one round. */
const COMPARED: Record<keyof Goals, { text: string; atLeast: boolean; of: (round: Round) => number | undefined }> = {
  floor: { text: '× floor', atLeast: true, of: (round) => over(round.product?.perSecond, round.floor?.perSecond) },
  peer: { text: '× peer', atLeast: true, of: (round) => over(round.product?.perSecond, round.peer?.perSecond) },
  p99: { text: '× floor in p99', atLeast: false, of: (round) => over(round.product?.p99, round.floor?.p99) },
  watched: { text: '× GET /v1/account p99 in peace', atLeast: false, of: (round) => over(round.watched?.p99, round.peace?.p99) },
};

const NAMES: Record<keyof Round, string> = {
  floor: 'floor', product: 'product', peer: 'peer', live: 'asked live', peace: 'GET in peace', watched: 'GET meanwhile',
};

export function judge(workload: Workload, rounds: Round[]): Finding {
  const goals = Object.entries(workload.goals) as [keyof Goals, number][];
  return {
    title: workload.title,
    connections: workload.connections,
    rounds,
    medians: mediansOf(rounds),
    verdicts: goals.flatMap(([name, goal]) => verdict(name, goal, rounds)),
    failures: rounds.flatMap((round) => Object.values(round)).reduce((sum, { failures = 0 }) => sum + failures, 0),
  };
}

export function print(name: string, { title, connections, rounds, medians, verdicts, failures }: Finding): void {
  console.log(`\n${name}  ${title}  (${connections} connections, median of ${rounds.length} rounds)`);
  console.log(row('', 'req/s', 'CPU µs', 'p50 ms', 'p99 ms', 'max ms', 'MiB', 'load', 'cores'));
  for (const [side, figures] of Object.entries(medians)) {
    const { perSecond, cpuPerRequest, p50, p99, max, residentMiB, loadBusy, coresBusy } = figures;
    console.log(
      row(
        NAMES[side as Side],
        number(perSecond, perSecond < 100 ? 1 : 0),
        number(cpuPerRequest, 0),
        number(p50 && p50 / 1000, 2),
        number(p99 && p99 / 1000, 2),
        number(max && max / 1000, 1),
        number(residentMiB, 0),
        number(loadBusy, 2),
        coresBusy?.map((busy) => busy.toFixed(2)).join(' ') ?? '',
      ),
    );
  }
  for (const { goal, value, met } of verdicts) console.log(`  ${met ? '✓' : '✗'} ${value.toFixed(2)} ${goal}`);
  if (failures) console.log(`  ✗ ${failures} wrong answers, the first: ${firstFailure(rounds)}`);
}

function verdict(name: keyof Goals, goal: number, rounds: Round[]): Verdict[] {
  const { text, atLeast, of } = COMPARED[name];
  const ratios = rounds.map(of).filter((ratio) => ratio !== undefined);
  if (!ratios.length) return [];
  const value = median(ratios);
  return [{ goal: `${text} (goal ${atLeast ? '≥' : '≤'} ${goal})`, value, met: atLeast ? value >= goal : value <= goal }];
}

function mediansOf(rounds: Round[]): Round {
  const sides = Object.keys(rounds[0] ?? {}) as (keyof Round)[];
  return Object.fromEntries(sides.map((side) => [side, middle(rounds.map((round) => round[side] as unknown as Record<string, unknown>))]));
}

/** The median of every number, and of every list of numbers, that these have. */
function middle(figures: Record<string, unknown>[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(figures[0]).map(([name, first]) => {
      const values = figures.map((each) => each[name]);
      if (Array.isArray(first)) return [name, first.map((_, index) => median(values.map((list) => (list as number[])[index])))];
      return [name, typeof first === 'number' ? median(values as number[]) : first];
    }),
  );
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

const over = (part?: number, whole?: number) => (part && whole ? part / whole : undefined);

const firstFailure = (rounds: Round[]) => rounds.flatMap((round) => Object.values(round)).find(({ failures }) => failures)?.firstFailure;

const number = (value: number | undefined, digits: number) =>
  value === undefined ? '' : value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });

const row = (name: string, ...cells: string[]) => `  ${name.padEnd(14)}${cells.map((cell) => cell.padStart(10)).join('')}`;
