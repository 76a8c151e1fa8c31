import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds that a test waits for what must happen, if it does not say otherwise. */
const PATIENCE = 15_000;

/** Asks until the answer is neither false, null nor undefined. @throws Error that says what was awaited */
export async function eventually<Answer>(what: string, question: () => Answer | Promise<Answer>, patience = PATIENCE): Promise<NonNullable<Exclude<Answer, false>>> {
  for (const end = Date.now() + patience; ; await pause(20)) {
    const answer = await question();
    if (answer !== false && answer !== null && answer !== undefined) return answer as NonNullable<Exclude<Answer, false>>;
    if (Date.now() > end) throw new Error(`${what}: not within ${patience} ms`);
  }
}
