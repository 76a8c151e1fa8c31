export type HashOptions = Readonly<Record<string, unknown>>;

/** A way in which another system hashed passwords. */
export interface ForeignHash {
  /**
   * Makes a hash and its options into the one text that the row keeps. Left out where the hash itself says everything.
   *
   * @throws HashRefused
   */
  encode?(hash: string, options: HashOptions): string;
  /** @throws HashRefused when the text is malformed, or so costly that checking a password against it would be an attack */
  check(stored: string): void;
  /** Of a text that `check` has let pass. */
  verify(password: string, stored: string): Promise<boolean>;
}

/** The message says what is wrong with the hash, never the hash. */
export class HashRefused extends Error {}

/** @param names the option's name, then other spellings of it */
export function textOption(options: HashOptions, ...names: string[]): string {
  const value = option(options, names);
  if (typeof value !== 'string') throw new HashRefused(`option ${names[0]} is missing or not a text`);
  return value;
}

/** As {@link textOption}. */
export function integerOption(options: HashOptions, ...names: string[]): number {
  const value = option(options, names);
  if (!Number.isSafeInteger(value)) throw new HashRefused(`option ${names[0]} is missing or not a whole number`);
  return value as number;
}

function option(options: HashOptions, names: string[]): unknown {
  const name = names.find((each) => Object.hasOwn(options, each));
  return name === undefined ? undefined : options[name];
}
