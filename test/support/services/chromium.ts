import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { locate, type Machine, type Program, thisMachine, Unobtainable } from './machine';

const chromium: Program = {
  name: 'Chromium',
  setting: 'CHROMIUM_PATH',
  binaries: ['chromium', 'chromium-browser', 'google-chrome'],
  package: 'chromium',
};

let found: Promise<string> | undefined;

/** A Chromium that runs, looked for when the first browser test asks. */
export function chromiumPath(): Promise<string> {
  return (found ??= findChromium(thisMachine));
}

export async function findChromium(machine: Machine): Promise<string> {
  const path = machine.env.CHROMIUM_PATH || (await locatedBinary(machine));
  // Ubuntu's chromium-browser is a note that says to use snap.
  await promisify(execFile)(path, ['--version']).catch((error: Error) => {
    throw new Unobtainable(`Chromium at ${path} does not run; set CHROMIUM_PATH to one that does: ${error.message}`);
  });
  return path;
}

async function locatedBinary(machine: Machine): Promise<string> {
  const [place] = await locate([chromium], machine);
  return (place as { binary: string }).binary;
}
