/** Points at an outbox row. The queue carries no content: the row is the truth, the job a nudge. */
export interface Job {
  projectId: string;
  id: string;
  /** Tries so far: one job a try, so that a job that is added twice runs once. */
  attempt: number;
  /** As in the row. An operator's retry raises it, so that its nudge is another one than that which still waits. */
  forgiven: number;
  urgent: boolean;
  /** Milliseconds until it is due. */
  delay: number;
}

export type Handler = (job: Job) => Promise<void>;

/** Carries nudges from the processes that promise messages to those that send them. */
export abstract class Dispatcher {
  /** Never throws and is not waited for: what gets lost on the way the sweep finds in the outbox. */
  abstract dispatch(jobs: Job[]): void;

  /** Starts handling jobs in this process. */
  abstract consume(handler: Handler): void;

  /** Answers when the queue does. @throws when it does not */
  abstract ping(): Promise<void>;

  /** Takes no new job, waits for those in flight. */
  abstract close(): Promise<void>;
}
