import { fail, Failure } from '../../contract/errors';
import { parseExactJson } from '../../contract/exact-json';
import { paramsOf } from '../../contract/params';
import type { Project } from '../../contract/project';
import { ValidateInput } from '../../edge/validate-input.pipe';
import { Clock } from '../../infra/clock';
import { Passwords } from '../../infra/crypto/passwords';
import { checkDictionary, checkPersonalData, type NewUser } from '../../modules/users';
import type { RawRow } from './import-file';
import { ImportedUserInput } from './imported-user.input';

/** A row in order: a user to be, and his password where it came as it is typed. */
export interface Candidate {
  line: number;
  user: NewUser;
  password?: string;
}

export interface RowFault {
  line: number;
  what: string;
}

const KNOWN = new Set(paramsOf(ImportedUserInput).map(({ key }) => key));
/** Exports write these empty where there is nothing. */
const MAY_BE_EMPTY = ['email', 'phone', 'name'];

/** Checks an import's rows one by one, and against those before: one file has each id and address once. */
export class RowReader {
  private readonly seen = new Map<string, number>();
  private readonly input = new ValidateInput();

  constructor(
    private readonly project: Project,
    private readonly passwords: Passwords,
    private readonly clock: Clock,
  ) {}

  read({ line, text }: RawRow): Candidate | RowFault {
    try {
      const candidate = this.candidate(line, text);
      this.once(candidate);
      return candidate;
    } catch (error) {
      if (error instanceof Failure) return { line, what: error.message };
      throw error;
    }
  }

  private candidate(line: number, text: string): Candidate {
    const row = this.parse(text);
    const input = this.input.transform(row, { type: 'custom', metatype: ImportedUserInput }) as ImportedUserInput;
    const { userId = 'unique()', email, phone, name, password } = input;
    if (userId === 'unique()' && !email && !phone) throw wrong('A row needs a userId, an email or a phone: without one a second run would make a second user');
    if (input.emailVerification && !email) throw wrong('emailVerification is true, but there is no email');
    if (input.phoneVerification && !phone) throw wrong('phoneVerification is true, but there is no phone');
    this.checkPassword(input);

    const user: NewUser = {
      id: userId,
      email,
      phone,
      name,
      password: input.hash === undefined ? undefined : this.passwords.adopt(input.algorithm!, input.hash, input.options),
      emailVerified: input.emailVerification,
      phoneVerified: input.phoneVerification,
      status: input.status,
      labels: input.labels,
      prefs: input.prefs && JSON.stringify(input.prefs),
      createdAt: this.past(input.createdAt ?? input.registration),
    };
    return { line, user, password };
  }

  private parse(text: string): object {
    let row: unknown;
    try {
      row = parseExactJson(text);
    } catch (error) {
      const { message } = error as Error;
      throw wrong(error instanceof SyntaxError ? `Not JSON: ${message}` : message);
    }
    if (typeof row !== 'object' || row === null || Array.isArray(row)) throw wrong('A row is a JSON object');
    const strange = Object.keys(row).find((key) => !KNOWN.has(key));
    // A field that is misspelt would be lost without a word.
    if (strange !== undefined) throw wrong(`Unknown field ${strange.slice(0, 40)}; there are ${[...KNOWN].join(', ')}`);
    return Object.fromEntries(Object.entries(row).filter(([key, value]) => !(value === '' && MAY_BE_EMPTY.includes(key))));
  }

  private checkPassword({ userId, email, phone, name, password, hash, algorithm, options }: ImportedUserInput): void {
    if (password !== undefined && hash !== undefined) throw wrong('A row has a password or a hash, not both');
    if (hash !== undefined && algorithm === undefined) throw wrong('A hash needs its algorithm');
    if (hash === undefined && (algorithm ?? options) !== undefined) throw wrong('algorithm and options are for a hash, and there is none');
    if (password === undefined) return;
    checkPersonalData(this.project, password, { id: userId === 'unique()' ? undefined : userId, email, name, phone });
    checkDictionary(this.project, password);
  }

  private past(text: string | undefined): Date | undefined {
    if (text === undefined) return undefined;
    const at = new Date(text);
    if (!(at.getTime() >= 0 && at <= this.clock.now())) throw wrong('createdAt and registration are times from 1970 to now');
    return at;
  }

  private once({ line, user: { id, email, phone } }: Candidate): void {
    const keys = [id !== 'unique()' && `userId ${id}`, email && `email ${email}`, phone && `phone ${phone}`].filter(Boolean) as string[];
    for (const key of keys) {
      const before = this.seen.get(key);
      if (before !== undefined) throw wrong(`${key.split(' ')[0]} is that of line ${before} already`);
    }
    for (const key of keys) this.seen.set(key, line);
  }
}

function wrong(message: string): Failure {
  return fail('general_argument_invalid', message);
}
