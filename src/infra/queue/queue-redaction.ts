import type { Job } from './dispatcher';

/** What a job of ours holds: names and numbers. Whatever else stands in one is somebody's mistake, and nobody's business. */
const OF_JOB: readonly (keyof Job)[] = ['projectId', 'id', 'attempt', 'forgiven', 'urgent', 'delay'];

const HIDDEN = '(redacted: see the worker’s log)';

/** Where a job carries content, and what is shown in its place. Errors quote what they stumbled over. */
const CONTENT: Record<string, (value: unknown) => unknown> = {
  data: (value) => (value === null || typeof value !== 'object' ? null : Object.fromEntries(OF_JOB.filter((field) => field in value).map((field) => [field, plain((value as Job)[field])]))),
  failedReason: (value) => value && HIDDEN,
  deferredFailure: (value) => value && HIDDEN,
  stacktrace: (value) => (Array.isArray(value) ? value.map(() => HIDDEN) : value && HIDDEN),
  returnValue: (value) => value && HIDDEN,
  progress: (value) => (typeof value === 'number' ? value : 0),
};

/** An answer of the dashboard without what its jobs carry. */
export function redacted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(redacted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, Object.hasOwn(CONTENT, key) ? CONTENT[key](inner) : redacted(inner)]));
}

/** An id as long as ids are. */
function plain(value: unknown): unknown {
  return typeof value === 'string' ? value.slice(0, 36) : typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
