import { CommanderError } from 'commander';

/** The command could not have been meant as it was written. */
export class WrongUsage extends Error {}

/** Says on standard error what went wrong. @returns 1 for what failed, 2 for wrong usage */
export function exitCode(error: Error): number {
  // Commander has said it already; asking for help is no mistake.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  console.error(error.message);
  return error instanceof WrongUsage ? 2 : 1;
}
