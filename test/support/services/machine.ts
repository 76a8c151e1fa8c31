import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { canInstall, install } from './apt';
import { dockerAnswers } from './docker';

/** A program the tests need, and every way to come by it. */
export interface Program {
  name: string;
  setting: string;
  binaries: string[];
  package: string;
  image?: string;
}

/** What the tests may ask of the machine they run on. */
export interface Machine {
  env: NodeJS.ProcessEnv;
  find(binaries: string[]): string | undefined;
  dockerAnswers(): Promise<boolean>;
  canInstall(): boolean;
  install(packages: string[]): Promise<void>;
}

export const thisMachine: Machine = { env: process.env, find, dockerAnswers, canInstall, install };

/** Its message is a sentence for the person who ran the tests; a stack would only hide it. */
export class Unobtainable extends Error {}

export type Place = { binary: string } | { image: string };

/** Where each program is, after installing those that are nowhere; null in, null out. */
export async function locate(programs: (Program | null)[], machine: Machine): Promise<(Place | null)[]> {
  const missing = programs.filter((program) => program !== null).filter(({ binaries }) => !machine.find(binaries));
  const inDocker = missing.length > 0 && missing.every(({ image }) => image) && (await machine.dockerAnswers());
  if (missing.length > 0 && !inDocker) {
    if (!machine.canInstall()) throw new Unobtainable(remedies(missing));
    await machine.install(missing.map((program) => program.package));
  }
  return programs.map((program) => program && place(program, machine));
}

function place(program: Program, machine: Machine): Place {
  const binary = machine.find(program.binaries);
  if (binary) return { binary };
  if (program.image) return { image: program.image };
  throw new Unobtainable(remedies([program]));
}

function remedies(missing: Program[]): string {
  const each = (word: (program: Program) => string) => missing.map(word).join(' and ');
  const docker = missing.every(({ image }) => image) ? ' start Docker,' : '';
  return (
    `The tests need ${each(({ name }) => name)}: put ${each(({ binaries }) => binaries.join(' or '))} on the PATH,` +
    `${docker} set ${each(({ setting }) => setting)}, or run as root on Debian or Ubuntu to have apt install ${missing.length > 1 ? 'them' : 'it'}.`
  );
}

function find(binaries: string[]): string | undefined {
  // Debian keeps servers in /usr/sbin, which is not on everybody's PATH.
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/local/sbin', '/usr/sbin'].filter(Boolean);
  return binaries.flatMap((binary) => folders.map((folder) => join(folder, binary))).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
