import { datetime } from '../../contract/datetime';
import type { AttemptEntity } from '../../modules/oauth';

/** A sign-in through a provider as an operator sees it: nothing in it is a secret, nor the app's own addresses. */
export interface AttemptView {
  $id: string;
  project: string;
  provider: string;
  flow: AttemptEntity['flow'];
  begunAt: string;
  /** A server does so with its API key, and sends its user on. */
  begunBy: 'browser' | 'server';
  /** Who was signed in at the start; empty for nobody. */
  linksTo: string;
  /** `open`: the browser may still come back. `abandoned`: it never came. */
  outcome: 'signed in' | 'failed' | 'open' | 'abandoned';
  steps: AttemptEntity['trace'];
}

export function viewOf({ id, projectId, provider, flow, createdAt, expiresAt, browserHash, userId, trace }: AttemptEntity, now: Date): AttemptView {
  return {
    $id: id,
    project: projectId,
    provider,
    flow,
    begunAt: datetime(createdAt),
    begunBy: browserHash === null ? 'server' : 'browser',
    linksTo: userId ?? '',
    outcome: outcomeOf(trace, expiresAt > now),
    steps: trace,
  };
}

/** A callback that comes a second time fails, and takes nothing from the first. */
function outcomeOf(trace: AttemptEntity['trace'], alive: boolean): AttemptView['outcome'] {
  if (trace.some(({ step, outcome }) => step === 'account' && outcome === 'ok')) return 'signed in';
  if (trace.some(({ outcome }) => outcome !== 'ok')) return 'failed';
  return alive ? 'open' : 'abandoned';
}

export function describe({ $id, project, provider, flow, begunAt, begunBy, linksTo, outcome, steps }: AttemptView): string {
  const lines: [string, string][] = [
    ['id', $id],
    ['project', project],
    ['provider', provider],
    ['flow', flow],
    ['begun', `${begunAt} by a ${begunBy}`],
    ['links to', linksTo || '–'],
    ['outcome', outcome],
  ];
  const told = steps.map(({ at, step, outcome, said }): [string, string] => [step, [outcome, said, `(${at})`].filter(Boolean).join(' ')]);
  return [...lines, ['', ''], ...told].map(([name, value]) => `${name.padEnd(14)} ${value}`.trimEnd()).join('\n');
}
