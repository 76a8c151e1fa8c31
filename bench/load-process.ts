/** The load generator's own process, on the core where the measured server is not. Takes jobs over IPC. */
import { load, LoadResult } from './load';
import { people, Person } from './people';
import { cpuMicros, coreTicks, residentMiB } from './pin';
import { answer, Source } from './requests';
import { Side, workloads } from './workloads';

export interface Job {
  id: number;
  workload: string;
  side: Side;
  port: number;
  /** The server's process, whose CPU time and memory are read when counting begins and ends. */
  pid: number;
  people: number;
  connections: number;
  warmUp: number;
  seconds: number;
  pause?: number;
}

export interface Measured extends LoadResult {
  /** CPU time of the server process, all threads, per request; microseconds. */
  cpuPerRequest: number;
  residentMiB: number;
  /** How busy the load generator was: 1 is a whole core, and then it, not the server, was measured. */
  loadBusy: number;
  /** How busy each core of the machine was, whoever used it. */
  coresBusy: number[];
}

let everyone: Person[] = [];

async function run(job: Job): Promise<Measured> {
  if (everyone.length !== job.people) everyone = people(job.people);
  const make = workloads[job.workload][job.side];
  if (typeof make !== 'function') throw new Error(`${job.workload} has no requests for the ${job.side}`);
  const source: Source = await make({ port: job.port, people: everyone });

  const begin = { server: 0, own: process.cpuUsage(), cores: coreTicks(), at: 0 };
  const end = { ...begin };
  const onCounting = (counting: boolean) =>
    Object.assign(counting ? begin : end, {
      server: cpuMicros(job.pid),
      own: process.cpuUsage(),
      cores: coreTicks(),
      at: performance.now(),
    });
  const result = await load({ ...job, next: source.next, onCounting });
  for (const ask of source.readBack?.() ?? []) await answer(job.port, ask);

  const own = end.own.user + end.own.system - begin.own.user - begin.own.system;
  return {
    ...result,
    cpuPerRequest: (end.server - begin.server) / result.requests,
    residentMiB: residentMiB(job.pid),
    loadBusy: own / 1000 / (end.at - begin.at),
    coresBusy: end.cores.map(({ busy, total }, core) => (busy - begin.cores[core].busy) / (total - begin.cores[core].total)),
  };
}

process.on('message', (job: Job) => {
  run(job).then(
    (measured) => process.send?.({ id: job.id, measured }),
    (error: Error) => process.send?.({ id: job.id, error: error.message }),
  );
});
process.on('disconnect', () => process.exit());
process.send?.({ ready: true });
