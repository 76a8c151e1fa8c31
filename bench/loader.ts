import { Child, typescript } from './child';
import type { Job, Measured } from './load-process';
import { OTHER_CORE } from './pin';

type Reply = { id: number; measured?: Measured; error?: string };

/** Our end of the load process. Two jobs may run at once. */
export class Loader {
  private jobs = 0;

  private constructor(private readonly child: Child) {}

  static async start(): Promise<Loader> {
    return new Loader(await new Child({ name: 'load', cores: OTHER_CORE, args: typescript('load-process.ts') }).ready());
  }

  async measure(job: Omit<Job, 'id'>): Promise<Measured> {
    const id = ++this.jobs;
    this.child.send({ ...job, id });
    const patience = (job.warmUp + job.seconds + 60) * 1000;
    const { measured, error } = await this.child.hear<Reply>((reply) => reply.id === id, patience);
    if (!measured) throw new Error(`${job.workload} against the ${job.side}: ${error}`);
    return measured;
  }
}
