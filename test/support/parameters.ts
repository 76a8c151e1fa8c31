import { type Operation, restRoute } from '../../src/contract/operation';
import { DEFAULT_PROJECTS } from './app';
import type { Input, Person } from './person';
import { everyWay } from './ways';

/** One parameter of one operation, and what it takes and refuses. */
export interface Case {
  operation: Operation;
  key: string;
  /** A whole input that is accepted as far as parameters go. */
  input: () => Input;
  optional?: true;
  /** Types of failures that lie past the checks. */
  past?: readonly string[];
  /** One step past each bound, and forms that are close but wrong. */
  refused: readonly unknown[];
  /** Exactly at each bound. */
  accepted: readonly unknown[];
  /** Values of another type than the parameter's. */
  wrong: readonly unknown[];
}

type Kind = Pick<Case, 'refused' | 'accepted' | 'wrong'>;

let number = 0;
/** Unlike any other; begins with a letter, fits into an id. */
export const fresh = () => `p${Date.now().toString(36)}${++number}`;

const NO_TEXT = [42, 0, true, ['x'], {}, { $ne: '' }, { secret: 1 }];
const NO_ID = ['', 'a'.repeat(37), '-a', '.a', '_a', 'a b', 'a/b', '../a', '..%2f', 'é', "a'--", 'a\n'];

/** Ids of the caller’s choice: new ones for each case, since those of the one before are taken. */
export const newIds = (): Kind => ({ refused: NO_ID, accepted: [`${fresh()}-${'b'.repeat(36)}`.slice(0, 36), `${fresh()}._-`, `Z${fresh()}`, 'unique()'], wrong: NO_TEXT });
export const ids: Kind = { refused: [...NO_ID, 'unique()'], accepted: ['z', 'z'.repeat(36), 'Z._-9'], wrong: NO_TEXT };
export const texts = (max: number): Kind => ({ refused: ['', 'a'.repeat(max + 1), '🐎'.repeat(max + 1), 'a\u0000b'], accepted: ['a', 'a'.repeat(max), '🐎'.repeat(max), '<b>{{name}}</b>\r\nBcc: x@example.com'], wrong: NO_TEXT });
export const passwords: Kind = {
  refused: ['', '1234567', 'é'.repeat(3), 'a'.repeat(257), 'é'.repeat(129), 'a'.repeat(100_000)],
  accepted: ['12345678', 'é'.repeat(4), 'a'.repeat(256), 'é'.repeat(128), '        ', 'correct horse 🐎'],
  wrong: NO_TEXT,
};
export const emails = (): Kind => ({
  refused: ['', 'ada', 'ada@', '@example.com', 'a da@example.com', 'ada@example.com,bob@example.com', 'Ada <ada@example.com>', 'ada@example.com\r\nBcc: eve@example.com', `${'a'.repeat(65)}@example.com`],
  accepted: [`${fresh()}@x.example`, `${fresh()}.é@example.com`, `${fresh()}${'a'.repeat(64)}`.slice(0, 64) + '@example.com'],
  wrong: NO_TEXT,
});
/** 7 to 15 digits. */
export const phones: Kind = {
  refused: ['', '+', '+683400', '+4917012345678901', '16175551212', '0016175551212', '+06175551212', '+1 617 555 1212', '+1-617-555-1212', '+1617555121a', '+16175551212\n', '+16175551212,+16175551213', '+١٦١٧٥٥٥١٢١٢', '＋16175551212'],
  accepted: ['+6834002', '+491701234567890', '+16175551212'],
  wrong: NO_TEXT,
};
export const urls: Kind = { refused: ['', 'localhost', '/verify', `http://localhost/${'a'.repeat(2_032)}`], accepted: [`http://localhost/${'a'.repeat(2_031)}`], wrong: NO_TEXT };
export const flags: Kind = { refused: [], accepted: [true, false], wrong: ['yes', '1', 'TRUE', '', 1, 0, [true], {}] };

/** Both transports and engines share the tables: an id or address may be taken by now, which is past the checks. */
const TAKEN = ['user_already_exists', 'user_target_already_exists'];
// All fields of 25 rows are more than a document may ask for unless the project says so.
const projects = DEFAULT_PROJECTS.projects.map((project) => ({ ...project, graphql: { maxComplexity: 1_000_000 } }));
const said = (value: unknown) => (JSON.stringify(value) ?? 'nothing').slice(0, 40);

/** Checks each case every way, and that the cases leave out no parameter of the operations. */
export function everyParameter(name: string, operations: readonly Operation[], cases: readonly Case[]): void {
  everyWay(
    name,
    (way) => {
      let ada: Person;
      beforeAll(async () => {
        ada = await way.member();
      });
      const caller = ({ access }: Operation) => (access === 'user' || access === 'session' ? ada : way.stranger());

      it('are all in the table', () => {
        const fields = { query: way.app.schema.getQueryType()!.getFields(), mutation: way.app.schema.getMutationType()!.getFields() };
        const declared = operations.flatMap((operation) => {
          const [kind, field] = operation.graphql!.split(' ') as ['query' | 'mutation', string];
          return fields[kind][field].args.map((arg) => `${arg.name} of ${operation.name}`);
        });
        expect(cases.map(({ operation, key }) => `${key} of ${operation.name}`).sort()).toEqual(declared.sort());
      });

      describe.each(cases)('$key of $operation.name', ({ operation, key, input, optional, past = [], refused, accepted, wrong }) => {
        const { method, path } = restRoute(operation);
        const rest = way.transport === 'rest';
        // All of a path is text, and without a part of it the path is another.
        const inPath = rest && path.includes(`{${key}}`);
        const call = (value: unknown) => caller(operation).call(operation, { ...input(), [key]: value });
        const passed = ({ status, type }: { status: number; type?: string }) => (type !== undefined && [...TAKEN, ...past].includes(type) ? operation.status : status);

        if (refused.length) {
          it('is refused one step past each bound and in every malformed spelling', async () => {
            for (const value of refused.filter((each) => !inPath || each !== '')) {
              const { status, type, body } = await call(value);
              expect([said(value), status, type]).toEqual([said(value), 400, 'general_argument_invalid']);
              expect(body.message).toContain(key);
            }
          });
        }

        if (accepted.length) {
          it('is accepted exactly at each bound', async () => {
            for (const value of accepted) expect([said(value), passed(await call(value))]).toEqual([said(value), operation.status]);
          });
        }

        if (inPath) return;

        it('is refused when it is of another type', async () => {
          for (const value of wrong) {
            const { status, type } = await call(value);
            expect([said(value), status, type]).toEqual([said(value), 400, rest ? 'general_argument_invalid' : 'general_bad_request']);
          }
        });

        it(optional ? 'may be missing or null' : 'may be neither missing nor null', async () => {
          const { [key]: _, ...without } = input();
          const missing = await caller(operation).call(operation, without);
          // A query has no word for null.
          const empty = rest && method === 'GET' ? missing : await call(null);
          const expected = optional ? operation.status : 400;
          expect([passed(missing), passed(empty)]).toEqual([expected, expected]);
          if (!optional && rest) expect([missing.body.message, empty.body.message]).toEqual([`Param "${key}" is not optional.`, `Param "${key}" is not optional.`]);
        });
      });
    },
    { projects: { projects }, env: { RATE_LIMITS: 'off' } },
  );
}
